"""What a simulated day did, as actions, and what it left alone, as periods."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from relance.application.simulation.result import HeldPeriod, SimulatedAction
from relance.domain.case import Case
from relance.domain.escalation.decision import Held, Performs
from relance.domain.escalation.marks import is_step
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Policy

_OVER_BY_NIGHT = frozenset({"live-notice", "call-open"})
"""Here a message leaves, and a call is made, on the day it is decided: they hold nothing."""


def actions_of(
    case: Case,
    performs: Performs,
    policy: Policy,
    *,
    on: date,
    message: str | None,
    channel: Channel,
    reason: str,
    asked: dict[ItemKey, Decimal],
    level: Level = Level.LEVEL_1,
) -> list[SimulatedAction]:
    """One per step, in the order of the policy. level: of a step that the policy does not have."""
    by_step: dict[str, list[ItemKey]] = {}
    for key, name in performs:
        by_step.setdefault(name if is_step(name) else name.partition(":")[0], []).append(key)
    found = []
    for name, keys in by_step.items():
        step = policy.find(name)
        action = SimulatedAction(
            date=on,
            debtor_code=case.debtor.code,
            message=message,
            step=name,
            level=step.level if step else level,
            channel=channel,
            items=tuple(case.items[key].number for key in keys if key in case.items),
            reason=reason,
            asked=_sums(case, {key: asked[key] for key in keys if key in asked}),
        )
        found.append((policy.index(name) if step else -1, action))
    return [action for _, action in sorted(found, key=lambda one: one[0])]


def _sums(case: Case, amounts: dict[ItemKey, Decimal]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for key, amount in amounts.items():
        currency = case.items[key].currency
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums


class HeldLog:
    """Between two decisions nothing changes: a reason given on a day holds until the decision that
    no longer gives it.
    """

    def __init__(self) -> None:
        self._open: dict[str, dict[str, date]] = {}
        self._closed: list[HeldPeriod] = []

    def note(self, debtor: str, held: Iterable[Held], today: date) -> None:
        reasons = {one.reason for one in held} - _OVER_BY_NIGHT
        known = self._open.setdefault(debtor, {})
        yesterday = today - timedelta(days=1)
        for reason in [reason for reason in known if reason not in reasons]:
            self._closed.append(HeldPeriod(debtor, known.pop(reason), yesterday, reason))
        for reason in reasons - known.keys():
            known[reason] = today

    def periods(self, last: date) -> tuple[HeldPeriod, ...]:
        """What still holds is told until the last day."""
        running = [
            HeldPeriod(debtor, since, last, reason)
            for debtor, known in self._open.items()
            for reason, since in known.items()
        ]
        found = [*self._closed, *running]
        return tuple(sorted(found, key=lambda one: (one.first, one.debtor_code, one.reason)))
