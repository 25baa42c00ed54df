"""What is left open of each letter, document by document."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from relance.adapters.ledger_files.refusals import Refusals
from relance.adapters.ledger_files.rows import AccountKey, LedgerLine
from relance.adapters.ledger_files.values import ZERO


class Rest(NamedTuple):
    """A line and what is open of it, of the sign of its amount; 0 once it is settled."""

    line: LedgerLine
    open_amount: Decimal


Groups = Mapping[tuple[AccountKey, str], list[LedgerLine]]


def grouped(lines: Iterable[LedgerLine]) -> Groups:
    groups: dict[tuple[AccountKey, str], list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[line.key, line.letter].append(line)
    return groups


def rests_of(
    groups: Groups, refusals: Refusals, is_sum: Callable[[LedgerLine], bool]
) -> list[Rest]:
    """Every line with its rest. Unlettered lines are open one by one; those of a letter settle one
    another; the sum of the rests of a customer's account is its balance.
    """
    found: dict[AccountKey, list[Rest]] = defaultdict(list)
    for (key, letter), group in groups.items():
        if not letter:
            found[key] += [Rest(line, line.amount) for line in group]
        elif refusals.may_lack(key, letter, total(group)):
            refusals.add_group(group)
        else:
            found[key] += settle(group)
    return [rest for rests in found.values() for rest in pay_openings(rests, is_sum)]


def settled_elsewhere(groups: Groups) -> frozenset[tuple[AccountKey, str]]:
    """Letters of documents alone: what settles them is in another year's ledger, most likely the
    payment that came after the closing.
    """
    return frozenset(
        place for place, group in groups.items()
        if place[1] and all(line.amount >= 0 for line in group)
    )  # fmt: skip


def total(group: Iterable[LedgerLine]) -> Decimal:
    return sum((line.amount for line in group), ZERO)


def settle(group: Sequence[LedgerLine]) -> list[Rest]:
    """The smaller side pays the other one, oldest first: what remains names real documents."""
    net = total(group)
    smaller = [line for line in group if (line.amount > 0) != (net > 0)] if net else group
    larger = [Rest(line, line.amount) for line in group if net and (line.amount > 0) == (net > 0)]
    return [*(Rest(line, ZERO) for line in smaller), *_paid(larger, abs(total(smaller)))]


def pay_openings(rests: list[Rest], is_sum: Callable[[LedgerLine], bool]) -> list[Rest]:
    """A payment lettered with nothing of this year pays a document of an earlier one, and those
    stand in the opening entry, summed up.
    """
    paying = [rest for rest in rests if rest.line.letter and rest.open_amount < 0]
    owed = [rest for rest in rests if _opens(rest, is_sum)] if paying else []
    if not owed:
        return rests
    moved = min(-_sum(paying), _sum(owed))
    touched = {rest.line.line for rest in [*paying, *owed]}
    others = [rest for rest in rests if rest.line.line not in touched]
    return [*others, *_paid(paying, moved), *_paid(owed, moved)]


def _opens(rest: Rest, is_sum: Callable[[LedgerLine], bool]) -> bool:
    return not rest.line.letter and rest.open_amount > 0 and is_sum(rest.line)


def _sum(rests: Iterable[Rest]) -> Decimal:
    return sum((rest.open_amount for rest in rests), ZERO)


def _paid(rests: Iterable[Rest], amount: Decimal) -> list[Rest]:
    """The rests once `amount` was taken off them, oldest first."""
    found = []
    for line, rest in sorted(rests, key=lambda rest: (rest.line.issued_on, rest.line.line)):
        taken = min(abs(rest), amount)
        amount -= taken
        found.append(Rest(line, rest - taken if rest > 0 else rest + taken))
    return found
