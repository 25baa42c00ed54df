"""A portfolio cut in parts that know nothing of each other, and one simulation of those of each.

Without caps, what is decided of a debtor depends on those of its payer and of its legal entity, and
on nobody else: parts may be simulated apart, at the same time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from relance.application.simulation.result import Simulation, Totals
from relance.domain.case import Case


def parts_of(cases: Iterable[Case], count: int) -> list[list[Case]]:
    """At most so many parts, none empty, of about as many documents each."""
    parts: list[list[Case]] = [[] for _ in range(count)]
    sizes = [0] * count
    for group in sorted(_groups(cases), key=_documents, reverse=True):
        at = sizes.index(min(sizes))
        parts[at] += group
        sizes[at] += _documents(group) + len(group)
    return [part for part in parts if part]


def together(found: Sequence[Simulation]) -> Simulation:
    """As one simulation of all of them would tell it. Raises ValueError without any."""
    if not found:
        raise ValueError("no simulation")
    if len(found) == 1:
        return found[0]
    actions = [action for one in found for action in one.actions]
    held = [period for one in found for period in one.held]
    approvals = [approval for one in found for approval in one.approvals]
    return Simulation(
        found[0].first,
        found[0].last,
        tuple(sorted(actions, key=lambda one: (one.date, one.debtor_code))),
        tuple(sorted(held, key=lambda one: (one.first, one.debtor_code, one.reason))),
        _sum([one.totals for one in found]),
        tuple(sorted(approvals)),
    )


def _groups(cases: Iterable[Case]) -> Iterator[list[Case]]:
    """Debtors that a payer or a SIREN ties together, whatever the number of ties."""
    known: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        ties = _ties(case)
        tied = {id(known[tie]): known[tie] for tie in ties if tie in known}
        group = [case, *(one for other in tied.values() for one in other)]
        known.update((tie, group) for one in group for tie in _ties(one))
    yield from {id(group): group for group in known.values()}.values()


def _ties(case: Case) -> list[tuple[str, str]]:
    debtor = case.debtor
    ties = [("debtor", debtor.code)]
    ties += [("debtor", debtor.payer)] if debtor.payer else []
    ties += [("siren", debtor.siren)] if debtor.siren else []
    return ties


def _documents(group: list[Case]) -> int:
    return sum(len(case.items) for case in group)


def _sum(totals: Sequence[Totals]) -> Totals:
    """Each count and each sum is of things that are in one part; days are those of each."""
    return replace(
        totals[0],
        debtors=sum(one.debtors for one in totals),
        items=sum(one.items for one in totals),
        actions=sum(one.actions for one in totals),
        messages=sum(one.messages for one in totals),
        calls=sum(one.calls for one in totals),
        contacts=_counts(one.contacts for one in totals),
        by_level=_counts(one.by_level for one in totals),
        formal_notices=sum(one.formal_notices for one in totals),
        hand_overs=sum(one.hand_overs for one in totals),
        tasks=_counts(one.tasks for one in totals),
        held=_counts(one.held for one in totals),
        paid=_amounts(one.paid for one in totals),
        open=_amounts(one.open for one in totals),
    )


def _counts(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part)
    return dict(sorted(found.items()))


def _amounts(parts: Iterable[dict[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in parts:
        for currency, amount in part.items():
            found[currency] = found.get(currency, Decimal(0)) + amount
    return found
