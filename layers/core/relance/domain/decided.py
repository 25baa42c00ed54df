"""What a person decided last, and when it may still be taken back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceDraft, EvidenceEntry
from relance.domain.notice import Notice
from relance.domain.team import is_same_person

UNDO_WITHIN = timedelta(hours=1)
UNDONE = "undone"
ANSWER_PLANNED = "answer-planned"
OWNER_TOLD = "owner-told"

_DECISIONS = frozenset({
    "arrangement-approved", "arrangement-noted", "call-logged", "debtor-flagged",
    "formal-notice-order-withdrawn", "formal-notice-ordered",
    "dispute-decided", "dispute-noted", "hold-ended", "hold-set", "items-released",
    "level-2-stopped", "mend-opened", "notice-approved", "notice-refused", "notice-stopped",
    "payment-received", "plan-agreed", "plan-ended", "plan-proposed", "profile-confirmed",
    "promise-noted", "reply-seen", "taken-back",
})  # fmt: skip
_TASK_DONE = "task-done-"
_NOT_PEOPLE = frozenset({"system", "import"})
_FOLLOWS = frozenset({ANSWER_PLANNED, OWNER_TOLD})
"""What a decision itself brings about, and what goes with it when it is taken back."""
_LEFT = frozenset({"notice-sending", "notice-sent", "notice-delivered", "notice-resolved-sent"})


class UndoRefused(RelanceError):
    """It stands: the code says why, and its sentence what to do instead."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a decision changed, as it was: the case without its items, which are the imports'; the
    notices that moved; versions: of all the cases that it changed in one transaction, as they were
    read. A version is written once: they tell the decision from any other.
    """

    case: Case
    notices: tuple[Notice, ...] = ()
    versions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision of a person on a case: its entry, and what was there before it."""

    seq: int
    hash: str
    before: Before


def is_decision(entry: EvidenceDraft | EvidenceEntry | None) -> bool:
    """Whether a person decided it, about a case, so that it can be taken back."""
    if entry is None or entry.actor in _NOT_PEOPLE:
        return False
    return entry.kind in _DECISIONS or entry.kind.startswith(_TASK_DONE)


def decision_to_undo(
    decided: Decided | None, history: Sequence[EvidenceEntry], author: str, now: datetime
) -> EvidenceEntry:
    """Its entry. history: the whole chain, oldest first. Raises UndoRefused: it is not the
    author's, not of this hour, taken back already, or something has happened since.
    """
    entry = _entry_of(decided, history)
    if entry is None or any(one.facts.get(UNDONE) == str(entry.seq) for one in history):
        raise UndoRefused("nothing-to-undo")
    if not is_same_person(entry.actor, author):
        raise UndoRefused("undo-of-another", {"author": entry.actor})
    if now - entry.at > UNDO_WITHIN:
        raise UndoRefused("undo-too-late", {"kind": entry.kind})
    for later in history[entry.seq :]:
        if later.kind in _LEFT:
            raise UndoRefused("undo-message-left", {"notice": later.facts.get("notice", "")})
        if later.kind not in _FOLLOWS:
            raise UndoRefused("undo-case-changed", {"since": later.kind})
    return entry


def _entry_of(decided: Decided | None, history: Sequence[EvidenceEntry]) -> EvidenceEntry | None:
    """None when what was kept is of a decision that was never written, or of none."""
    if decided is None or decided.seq > len(history):
        return None
    entry = history[decided.seq - 1]
    return entry if entry.hash == decided.hash else None


def planned_since(history: Sequence[EvidenceEntry], seq: int) -> tuple[str, ...]:
    """Ids of the answers that the decision planned."""
    return tuple(e.facts["notice"] for e in history[seq:] if e.kind == ANSWER_PLANNED)


def restored(now: Case, before: Case, today: date) -> Case:
    """The case as it was, decided again today. What belongs to others stays as it now is: the
    imports' facts, and the attempt, so that no id of a notice ever comes twice.
    """
    return replace(
        before,
        facts=now.facts,
        items=now.items,
        payer=now.payer,
        pays_for=now.pays_for,
        version=now.version,
        chain=now.chain,
        import_seq=now.import_seq,
        attempt=now.attempt + 1,
        agenda=today,
    )
