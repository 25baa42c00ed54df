"""What a simulation tells: what would be done, what would be left alone, and sums of both."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.domain.policy import Channel, Level
from relance.domain.task import TaskKind


@dataclass(frozen=True, slots=True)
class SimulatedAction:
    """One step performed on one debtor. message: shared by all that one message, or one call, does,
    of several debtors too; None for a task, which is no contact. items: numbers of the documents
    that the step advances; asked: their rests, by currency.
    """

    date: date
    debtor_code: str
    message: str | None
    step: str
    level: Level
    channel: Channel
    items: tuple[str, ...]
    reason: str
    asked: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """Days, both included, on which something of a debtor was left alone for that reason."""

    debtor_code: str
    first: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Totals:
    """messages: e-mails and letters, each once however many steps, debtors and items it serves;
    contacts: messages and calls, by channel; by_level: by the highest level that each has;
    hand_overs: files, whatever joins them later; tasks: for people, by kind, of a step or not;
    paid, open: at the end, by currency.
    """

    debtors: int
    items: int
    days: int
    actions: int
    messages: int
    calls: int
    contacts: dict[str, int]
    by_level: dict[str, int]
    formal_notices: int
    hand_overs: int
    tasks: dict[str, int]
    held: dict[str, int]
    paid: dict[str, Decimal]
    open: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Simulation:
    """actions by date, then by debtor; held by date, debtor and reason; approvals: day and id of
    each message that awaited its approval, and was given it.
    """

    first: date
    last: date
    actions: tuple[SimulatedAction, ...]
    held: tuple[HeldPeriod, ...]
    totals: Totals
    approvals: tuple[tuple[date, str], ...] = ()


def one_of_each_contact(actions: Iterable[SimulatedAction]) -> list[SimulatedAction]:
    """Of the steps of one message or call, the highest: a contact counts once."""
    found: dict[str, SimulatedAction] = {}
    for action in actions:
        if action.message is None:
            continue
        known = found.get(action.message)
        if known is None or action.level.rank > known.level.rank:
            found[action.message] = action
    return list(found.values())


def totals_of(
    actions: Iterable[SimulatedAction],
    held: Iterable[HeldPeriod],
    *,
    debtors: int,
    items: int,
    days: int,
    formal_notice: str | None,
    tasks: dict[str, int],
    paid: dict[str, Decimal],
    left: dict[str, Decimal],
) -> Totals:
    """formal_notice: the key of the policy's step; tasks: those opened, by kind."""
    steps = list(actions)
    contacts = one_of_each_contact(steps)
    channels = Counter(str(one.channel) for one in contacts)
    calls = channels[str(Channel.CALL)]
    return Totals(
        debtors=debtors,
        items=items,
        days=days,
        actions=len(steps),
        messages=len(contacts) - calls,
        calls=calls,
        contacts=_sorted(channels),
        by_level=_sorted(Counter(str(one.level) for one in contacts)),
        formal_notices=sum(1 for one in contacts if one.step == formal_notice),
        hand_overs=tasks.get(TaskKind.HAND_OVER, 0),
        tasks=_sorted(Counter(tasks)),
        held=_sorted(Counter(one.reason for one in held)),
        paid=paid,
        open=left,
    )


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
