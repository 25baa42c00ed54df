"""A person releases what was old when first seen: alone, by list, or all of it (design §5 rule 7).

Nothing of it is asked before; from then on it goes on from the level that they gave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.application.office import Desk, Office
from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.netting import net_account
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.policy import Level
from relance.domain.release import LEVELS, ReleaseRefused, release_items


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One item to release. asked: what would be, credits deducted; shown_level, reminded_on: what
    the accounts say was sent before us.
    """

    debtor: str
    name: str
    number: str
    due_date: date
    days_late: int
    asked: Decimal
    currency: str
    shown_level: int | None
    reminded_on: date | None


@dataclass(frozen=True, slots=True)
class Released:
    """What was released; refused: (debtor, error code) of those that were not."""

    debtors: tuple[str, ...]
    items: int
    refused: tuple[tuple[str, str], ...] = ()


def waiting_items(desk: Desk) -> Iterator[WaitingItem]:
    """Every item of the creditor that waits, debtor by debtor: reads every case."""
    for debtor in desk.cases.debtors():
        case = desk.cases.load(debtor, desk.creditor)
        if case is not None and case.to_release:
            yield from waiting_of(desk, case)


def release(
    creditor: str,
    debtors: Sequence[str] | None,
    author: str,
    *,
    office: Office,
    level: Level = Level.LEVEL_1,
    numbers: Sequence[str] = (),
) -> Released:
    """debtors None: all that wait; numbers: of the documents, for those debtors, else everything.
    One that cannot be released keeps no other waiting. Raises ReleaseRefused when the level may
    not be given.
    """
    if level not in LEVELS:
        raise ReleaseRefused("release-level-too-high", {"level": str(level)})
    desk = office.open(creditor)
    chosen = _waiting_debtors(desk) if debtors is None else tuple(dict.fromkeys(debtors))
    done: dict[str, int] = {}
    refused: list[tuple[str, str]] = []
    for debtor in chosen:
        try:
            done[debtor] = _release_one(desk, debtor, author, level, numbers)
        except RelanceError as error:
            refused.append((debtor, error.code))
    return Released(tuple(done), sum(done.values()), tuple(refused))


def _release_one(desk: Desk, debtor: str, author: str, level: Level, numbers: Sequence[str]) -> int:
    released: list[ItemKey] = []

    def change(case: Case) -> CaseChange:
        keys = _chosen(case, numbers)
        after = release_items(case, keys, level, desk.today)
        released[:] = sorted(case.to_release - after.to_release)
        facts = {"items": " ".join(released), "level": str(level)}
        entry = EvidenceDraft(desk.now, author, "items-released", facts)
        return CaseChange(after, entry)

    desk.change(debtor, change)
    return len(released)


def _chosen(case: Case, numbers: Sequence[str]) -> list[ItemKey]:
    if not numbers:
        return sorted(case.to_release)
    known = {case.items[key].number for key in case.to_release if key in case.items}
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise NotFound("no-such-item-to-release", {"number": unknown[0]})
    return [key for key in sorted(case.to_release) if case.items[key].number in numbers]


def _waiting_debtors(desk: Desk) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.debtor for item in waiting_items(desk)))


def waiting_of(desk: Desk, case: Case) -> Iterator[WaitingItem]:
    """Of one case, the oldest due first."""
    account = net_account(case, desk.calendar)
    items: list[OpenItem] = [case.items[key] for key in case.to_release if key in account]
    for item in sorted(items, key=lambda one: (one.due_date or date.max, one.key)):
        if item.due_date is None:
            continue
        yield WaitingItem(
            debtor=case.debtor.code,
            name=case.debtor.name,
            number=item.number,
            due_date=item.due_date,
            days_late=(desk.today - item.due_date).days,
            asked=account[item.key].to_release,
            currency=item.currency,
            shown_level=item.reminder_level,
            reminded_on=item.reminded_on,
        )
