"""What going live would do, shown before the mode changes (design §5 rule 7)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from relance.application.dispatch import after_now
from relance.application.forecast import Forecast, forecast
from relance.application.office import Desk, Office
from relance.application.release import WaitingItem, waiting_of
from relance.domain.case import Case
from relance.domain.creditor import Creditor, Mode
from relance.domain.policy import Level
from relance.domain.release import release_items

SHOWN_AHEAD = timedelta(days=13)
"""Two weeks, the first day included."""


@dataclass(frozen=True, slots=True)
class GoLivePreview:
    """blocked: reasons why nothing would leave in any mode; to_release: what waits for a person,
    and level: where the forecast takes it to be released, None: nowhere; ahead: the two weeks from
    the next run on, as the wanted mode and the caps would let them be.
    """

    creditor: str
    currency: str
    before: Mode
    wanted: Mode
    blocked: tuple[str, ...]
    cases: int
    open_items: int
    to_release: tuple[WaitingItem, ...]
    level: Level | None
    ahead: Forecast


def preview_go_live(
    creditor: str,
    wanted: Mode,
    *,
    office: Office,
    level: Level | None = Level.LEVEL_1,
    redirect_to: str | None = None,
    allow_list: Collection[str] | None = None,
) -> GoLivePreview:
    """Changes nothing. level: at which what waits is taken to be released, None: not at all;
    redirect_to, allow_list: what the mode would be given, None: as stored.

    Costs one Query per debtor, one for the codes and one for the live notices, whatever the number
    of days. Raises ReleaseRefused for a level that may not be given.
    """
    desk = office.open(creditor)
    cases = tuple(_cases(desk))
    after = _as_wanted(desk.creditor, wanted, redirect_to, allow_list)
    first = _next_run(desk)
    ahead = forecast(
        [_released(case, level, first) for case in cases],
        desk.stores.notices.live(before=after_now(desk)),
        creditor=after,
        mode=wanted,
        policy=desk.policy,
        calendar=desk.calendar,
        first=first,
        last=first + SHOWN_AHEAD,
    )
    return GoLivePreview(
        creditor=creditor,
        currency=after.profile.currency,
        before=desk.creditor.mode,
        wanted=wanted,
        blocked=_blocked(after),
        cases=len(cases),
        open_items=sum(1 for case in cases for item in case.open_items if item.is_claim),
        to_release=tuple(one for case in cases for one in waiting_of(desk, case)),
        level=level,
        ahead=ahead,
    )


def _cases(desk: Desk) -> Iterable[Case]:
    for debtor in desk.cases.debtors():
        case = desk.cases.load(debtor, desk.creditor)
        if case is not None:
            yield case


def _as_wanted(
    creditor: Creditor, wanted: Mode, to: str | None, listed: Collection[str] | None
) -> Creditor:
    return replace(
        creditor,
        mode=wanted,
        redirect_to=to or creditor.redirect_to,
        allow_list=creditor.allow_list if listed is None else frozenset(listed),
    )


def _next_run(desk: Desk) -> date:
    """Today until the run of the day has begun."""
    profile = desk.creditor.profile
    local = desk.now.astimezone(ZoneInfo(profile.zone)).time()
    return desk.today if local < profile.plan_at else desk.today + timedelta(days=1)


def _released(case: Case, level: Level | None, on: date) -> Case:
    if level is None or not case.to_release:
        return case
    return release_items(case, case.to_release, level, on)


def _blocked(creditor: Creditor) -> tuple[str, ...]:
    reasons = {
        "payment-details-missing": creditor.payment is None,
        "paused": creditor.pause is not None,
        "suspicious-import": creditor.balance.suspicious,
        "importing": creditor.is_importing,
        "observe-mode": creditor.mode is Mode.OBSERVE,
        "redirect-address-missing": creditor.mode is Mode.REDIRECT and not creditor.redirect_to,
        "allow-list-empty": creditor.mode is Mode.ALLOW_LIST and not creditor.allow_list,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
