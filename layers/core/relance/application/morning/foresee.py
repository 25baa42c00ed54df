"""What the dispatch of the day will do with what is planned, before it does it: the same rules, in
the same order, and no effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from relance.application.dispatch import closed_all_day, held_by_mode, is_window_open, waits
from relance.application.office import Desk
from relance.application.ports import STALE_AFTER
from relance.application.shared_addresses import without_strangers
from relance.domain.creditor import Mode
from relance.domain.escalation.caps import caps_of, count_of, select
from relance.domain.notice import Notice, NoticeStatus

TO_RELEASE = "batch-not-released"
STRANGERS = "address-of-strangers"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """leaving: by stake; held: with why; to_release: those that leave would leave once a person
    releases them; closed: why nothing at all leaves, whatever is planned.
    """

    leaving: tuple[Notice, ...]
    held: tuple[tuple[Notice, str], ...]
    to_release: bool = False
    closed: str | None = None
    is_now: bool = False
    """The window is open: they leave as they are planned."""


def foresee(desk: Desk, live: Sequence[Notice]) -> Foreseen:
    """live: all live notices of the creditor. A batch that waits for its release is foreseen as if
    it were released: who releases it must know what then leaves. What was let out already and has
    not left yet is leaving too.
    """
    waiting = [notice for notice in live if waits(desk, notice)]
    out = tuple(notice for notice in live if _is_out(desk, notice))
    closed = closed_all_day(desk.creditor)
    if closed is not None:
        return Foreseen(out, tuple((notice, closed) for notice in waiting), closed=closed)
    reasons = [(notice, held_by_mode(desk, notice)) for notice in waiting]
    held = [(notice, why) for notice, why in reasons if why is not None and why != TO_RELEASE]
    free = [notice for notice, why in reasons if why is None or why == TO_RELEASE]
    leaving, over = _within_caps(desk, free)
    to_release = any(why == TO_RELEASE for _, why in reasons)
    return Foreseen((*out, *leaving), (*held, *over), to_release, is_now=is_window_open(desk))


def _is_out(desk: Desk, notice: Notice) -> bool:
    """Let out today; what has been sending for long is doubtful, and told as such."""
    is_stuck = notice.updated_at <= desk.now - STALE_AFTER
    leaves = notice.status is NoticeStatus.SENDING and not is_stuck
    return notice.dispatched_on == desk.today and (leaves or notice.status is NoticeStatus.PLANNED)


def _within_caps(
    desk: Desk, free: Sequence[Notice]
) -> tuple[tuple[Notice, ...], tuple[tuple[Notice, str], ...]]:
    creditor = desk.creditor
    before = count_of(creditor.dispatched, desk.today)
    rehearse = creditor.mode is Mode.REDIRECT
    chosen = select(free, before, caps_of(creditor.profile, desk.policy), rehearse=rehearse)
    allowed, _ = without_strangers(desk, chosen.leaving)
    leaving = tuple(notice for notice, _ in allowed)
    kept = {notice.id for notice in leaving}
    stopped = [(one, STRANGERS) for one, _ in chosen.leaving if one.id not in kept]
    return leaving, (*stopped, *chosen.over)
