"""The days ahead of one creditor as its mode and its caps would let them be: the simulation, with
both on (design §5 rule 7).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from relance.application.simulation import Simulation, simulate
from relance.application.simulation.result import one_of_each_contact
from relance.domain.case import Case
from relance.domain.creditor import Creditor, DayCount, Mode
from relance.domain.escalation.caps import Caps, caps_of, count_of, passes_caps, select, stake_of
from relance.domain.escalation.shared_address import is_suspect
from relance.domain.notice import Notice
from relance.domain.policy import Channel, Level, Policy
from relance.domain.working_days import WorkingCalendar

FIRST_SHOWN = 10
"""First messages told one by one, the largest stakes first."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One open day. pushed: messages put off to a later day, by the cap that has no room; cost: of
    the letters, in the creditor's currency.
    """

    on: date
    emails: int = 0
    letters: int = 0
    registered_letters: int = 0
    calls: int = 0
    approvals: int = 0
    pushed: dict[str, int] = field(default_factory=dict)
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """To a debtor that was not written to yet. asked: by currency, of all that share it."""

    on: date
    debtor: str
    name: str
    channel: Channel
    level: Level
    asked: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Forecast:
    """days: the open ones; first_messages: the largest, of all of first_count; strangers:
    addresses that would stop the whole run, here taken as allowed.
    """

    first: date
    last: date
    days: tuple[DayAhead, ...]
    first_messages: tuple[FirstMessage, ...]
    first_count: int
    strangers: tuple[str, ...]


@dataclass(slots=True)
class CappedDispatch:
    """What leaves on a day, the largest stakes first as far as the caps go; what is over them is
    decided again the next open day. left, over: by day, all that did and did not.
    """

    caps: Caps
    count: DayCount | None
    rehearse: bool
    left: dict[date, list[Notice]] = field(default_factory=dict)
    over: dict[date, Counter[str]] = field(default_factory=dict)

    def __call__(self, day: date, planned: Sequence[Notice]) -> Sequence[Notice]:
        before = count_of(self.count, day)
        chosen = select(planned, before, self.caps, rehearse=self.rehearse)
        self.count = chosen.leaving[-1][1] if chosen.leaving else before
        self.left[day] = [notice for notice, _ in chosen.leaving]
        self.over[day] = Counter(reason for _, reason in chosen.over)
        return self.left[day]


def forecast(
    cases: Sequence[Case],
    notices: Sequence[Notice],
    *,
    creditor: Creditor,
    mode: Mode,
    policy: Policy,
    calendar: WorkingCalendar,
    first: date,
    last: date,
) -> Forecast:
    """[first, last], both included. cases: each read once, as stored; notices: those that they are
    busy with; creditor: with the allow-list of the mode. Pure: reads nothing, changes nothing.
    """
    rehearse = mode is Mode.REDIRECT
    gate = CappedDispatch(caps_of(creditor.profile, policy), creditor.dispatched, rehearse)
    told = simulate(
        cases,
        policy,
        calendar,
        first,
        last,
        creditor=creditor,
        notices=notices,
        dispatch=gate,
        mode=mode,
    )
    known = {case.debtor.code: case for case in cases}
    new = [(day, n) for day, left in gate.left.items() for n in left if _is_first(n)]
    new.sort(key=lambda one: (-stake_of(one[1]), one[0], one[1].id))
    return Forecast(
        first=first,
        last=last,
        days=_days(gate, told, calendar, first, last),
        first_messages=tuple(_first(known, day, n) for day, n in new[:FIRST_SHOWN]),
        first_count=len(new),
        strangers=_strangers(cases, gate, creditor),
    )


def _days(
    gate: CappedDispatch, told: Simulation, calendar: WorkingCalendar, first: date, last: date
) -> tuple[DayAhead, ...]:
    contacts = one_of_each_contact(told.actions)
    calls = Counter(one.date for one in contacts if one.channel is Channel.CALL)
    approvals = Counter(day for day, _ in told.approvals)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        _day(gate, day, calls[day], approvals[day]) for day in span if calendar.is_open(day)
    )


def _day(gate: CappedDispatch, day: date, calls: int, approvals: int) -> DayAhead:
    channels = Counter(notice.channel for notice in gate.left.get(day, ()))
    costs = {} if gate.rehearse else gate.caps.costs
    return DayAhead(
        on=day,
        emails=channels[Channel.EMAIL],
        letters=channels[Channel.LETTER],
        registered_letters=channels[Channel.REGISTERED_LETTER],
        calls=calls,
        approvals=approvals,
        pushed=dict(sorted(gate.over.get(day, Counter()).items())),
        cost=sum((cost * channels[channel] for channel, cost in costs.items()), Decimal(0)),
    )


def _is_first(notice: Notice) -> bool:
    return notice.is_first and not passes_caps(notice)


def _first(known: Mapping[str, Case], day: date, notice: Notice) -> FirstMessage:
    asked: dict[str, Decimal] = {}
    for part in notice.parts:
        for key, amount in part.asked.items():
            item = known[part.debtor].items.get(key)
            if item is not None:
                asked[item.currency] = asked.get(item.currency, Decimal(0)) + amount
    name = known[notice.debtor].debtor.name
    return FirstMessage(day, notice.debtor, name, notice.channel, notice.level, asked)


def _strangers(cases: Sequence[Case], gate: CappedDispatch, creditor: Creditor) -> tuple[str, ...]:
    """Of the addresses that something goes to: each looked up in one map of all contacts."""
    having: dict[str, dict[str, Case]] = {}
    for case in cases:
        for contact in case.debtor.contacts:
            if contact.email:
                having.setdefault(contact.email.lower(), {})[case.debtor.code] = case
    written = {
        recipient.email.lower()
        for left in gate.left.values()
        for notice in left
        for recipient in notice.recipients
        if recipient.email and notice.answers is None
    }
    return tuple(
        address
        for address in sorted(written - creditor.allowed_addresses)
        if is_suspect(case.debtor for case in having.get(address, {}).values())
    )
