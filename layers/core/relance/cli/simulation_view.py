"""A simulation for people: by day and channel, then each contact, then what waits and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relance.adapters.messages.balance_messages import Language
from relance.adapters.messages.import_messages import import_sentence
from relance.adapters.messages.reasons import reason_sentence
from relance.adapters.messages.simulation_messages import (
    CHANNELS,
    LEVELS,
    WARNINGS,
    label,
    word,
)
from relance.adapters.rendering.formats import money_sum, short_date
from relance.application.simulation import SimulatedAction, Simulation

_SHOWN = 60
"""Contacts listed; a day has more lines than people read."""
_LISTED = 6
"""Documents of one contact."""


def show(
    simulation: Simulation,
    warnings: Sequence[str],
    rejected: Mapping[str, int],
    language: Language,
    *,
    every: bool,
) -> None:
    console = Console()
    first = short_date(simulation.first, language=language)
    last = short_date(simulation.last, language=language)
    totals = simulation.totals
    console.print(Text(word("title", language, first=first, last=last), style="bold"))
    about = {"debtors": totals.debtors, "items": totals.items, "days": totals.days}
    console.print(word("about", language, **about), markup=False)
    for code in warnings:
        text = label(WARNINGS, code, language)
        text = import_sentence(code, language, {}) if text == code else text
        text = text.format(count=rejected.get(code, 0))
        console.print(f"! {text}", style="yellow", markup=False)
    contacts = _contacts(simulation.actions)
    if not contacts:
        console.print(word("nothing", language))
    else:
        console.print(_by_day(contacts, language))
        shown = contacts if every else contacts[:_SHOWN]
        console.print(_details(shown, language))
        if len(contacts) > len(shown):
            console.print(word("more", language, more=len(contacts) - len(shown)))
    if simulation.held:
        console.print(_held(simulation, language))
    for name, sums in (("paid", totals.paid), ("open", totals.open)):
        if sums:
            console.print(word(name, language, sum=money_sum(sums, language=language)))


Contact = list[SimulatedAction]
"""The steps of one message for one debtor, of one call, or of one task: the highest last."""


def _contacts(actions: Sequence[SimulatedAction]) -> list[Contact]:
    found: dict[tuple[object, ...], Contact] = {}
    for one in actions:
        found.setdefault((one.date, one.debtor_code, one.message or one.step), []).append(one)
    return list(found.values())


def _by_day(contacts: list[Contact], language: Language) -> Table:
    """One message that serves several debtors counts once."""
    table = Table(title=word("by_day", language))
    for key in ("day", "channel", "level"):
        table.add_column(word(key, language), no_wrap=True)
    for key in ("count", "customers", "asked"):
        table.add_column(word(key, language), justify="right", no_wrap=True)
    groups: dict[tuple[object, ...], list[Contact]] = {}
    for contact in contacts:
        top = contact[-1]
        groups.setdefault((top.date, top.channel, top.level), []).append(contact)
    for group in groups.values():
        top = group[0][-1]
        table.add_row(
            short_date(top.date, language=language),
            label(CHANNELS, top.channel.value, language),
            label(LEVELS, top.level.value, language),
            str(len({one[-1].message or one[-1].debtor_code for one in group})),
            str(len({one[-1].debtor_code for one in group})),
            money_sum(_asked(group), language=language),
        )
    return table


def _asked(group: list[Contact]) -> dict[str, Decimal]:
    """What the steps of the day advance; a message also asks for all else that is late."""
    sums: dict[str, Decimal] = {}
    for contact in group:
        for action in contact:
            for currency, amount in action.asked.items():
                sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums


def _details(contacts: list[Contact], language: Language) -> Table:
    table = Table(title=word("details", language))
    for key in ("day", "channel", "level"):
        table.add_column(word(key, language), no_wrap=True)
    for key in ("debtor", "steps", "items", "reason"):
        table.add_column(word(key, language), overflow="fold")
    for contact in contacts:
        top = contact[-1]
        numbers = list(dict.fromkeys(number for one in contact for number in one.items))
        more = f" +{len(numbers) - _LISTED}" if len(numbers) > _LISTED else ""
        table.add_row(
            short_date(top.date, language=language),
            label(CHANNELS, top.channel.value, language),
            label(LEVELS, top.level.value, language),
            Text(top.debtor_code),
            Text(", ".join(one.step for one in contact)),
            Text(", ".join(numbers[:_LISTED]) + more),
            Text(_reason(top.reason, language)),
        )
    return table


def _held(simulation: Simulation, language: Language) -> Table:
    """By reason, the customers that it concerns one day or another: codes alone in the JSON."""
    table = Table(title=word("held", language))
    table.add_column(word("customers", language), justify="right", no_wrap=True)
    table.add_column(word("reason", language), overflow="fold")
    debtors = {(one.reason, one.debtor_code) for one in simulation.held}
    for reason, count in Counter(reason for reason, _ in debtors).most_common():
        table.add_row(str(count), Text(_reason(reason, language)))
    return table


def _reason(code: str, language: Language) -> str:
    """A step passed over is named: "under-minimum:call_1"."""
    reason, _, step = code.partition(":")
    text = reason_sentence(reason, language)
    return f"{text} ({word('step', language)} {step})" if step else text
