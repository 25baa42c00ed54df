"""What going live would do, shown before the mode changes (design §5 rule 7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from relance.application.office import Desk, Office
from relance.application.release import WaitingItem, waiting_of
from relance.domain.case import Case
from relance.domain.creditor import Mode
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import Decision
from relance.domain.policy import Channel

SHOWN_AHEAD = timedelta(days=13)
"""Two weeks, today included."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One line of the two weeks: how many messages or calls, and what they cost."""

    on: date
    channel: Channel
    count: int
    cost: Decimal


Forecast = Callable[[Desk, date, date], Iterable[Ahead]]
"""The days ahead of every case of a creditor, both ends included: the simulation."""


@dataclass(frozen=True, slots=True)
class GoLivePreview:
    """blocked: reasons why nothing would leave in any mode; today: actions by kind that would be
    decided today; held: cases by the reason of what they leave undone; ahead: None when nobody
    forecasts.
    """

    creditor: str
    before: Mode
    wanted: Mode
    blocked: tuple[str, ...]
    cases: int
    open_items: int
    today: dict[str, int]
    held: dict[str, int]
    to_release: tuple[WaitingItem, ...]
    ahead: tuple[Ahead, ...] | None


def preview_go_live(
    creditor: str, wanted: Mode, *, office: Office, forecast: Forecast | None = None
) -> GoLivePreview:
    """Reads every case, changes nothing."""
    desk = office.open(creditor)
    today: dict[str, int] = {}
    held: dict[str, int] = {}
    waiting: list[WaitingItem] = []
    cases = items = 0
    for case in _cases(desk):
        cases += 1
        items += sum(1 for item in case.open_items if item.is_claim)
        waiting += waiting_of(desk, case)
        _count(decide(case, desk.policy, desk.calendar, desk.today), today, held)
    ahead = None if forecast is None else forecast(desk, desk.today, desk.today + SHOWN_AHEAD)
    return GoLivePreview(
        creditor=creditor,
        before=desk.creditor.mode,
        wanted=wanted,
        blocked=_blocked(desk),
        cases=cases,
        open_items=items,
        today=today,
        held=held,
        to_release=tuple(waiting),
        ahead=None if ahead is None else tuple(ahead),
    )


def _cases(desk: Desk) -> Iterable[Case]:
    for debtor in desk.cases.debtors():
        yield desk.case(debtor)


def _count(decision: Decision, today: dict[str, int], held: dict[str, int]) -> None:
    for action in decision.actions:
        name = type(action).__name__
        today[name] = today.get(name, 0) + 1
    for reason in {one.reason for one in decision.held if ":" not in one.reason}:
        held[reason] = held.get(reason, 0) + 1


def _blocked(desk: Desk) -> tuple[str, ...]:
    creditor = desk.creditor
    reasons = {
        "payment-details-missing": creditor.payment is None,
        "paused": creditor.pause is not None,
        "suspicious-import": creditor.balance.suspicious,
        "importing": creditor.is_importing,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
