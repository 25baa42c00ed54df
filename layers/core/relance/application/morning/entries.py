"""Lines of the mail of the morning: plain values, each with the person it concerns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from shlex import quote

from relance.application.office import Desk
from relance.application.run_notes import amounts_of
from relance.application.stakes import size_of, sum_of
from relance.domain.case import Case
from relance.domain.escalation.caps import stake_of
from relance.domain.escalation.own_steps import OWN_STEPS, PLAN_DEFAULT
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey
from relance.domain.team import person_for

READ_AT_MOST = 200
"""Cases that a section reads, the largest stakes first: what is beyond is only counted."""

IN_FLIGHT = timedelta(minutes=2)
"""Longest time between the instant that a sender writes down and the commit that shows it: its
function lives 90 seconds.
"""

Entry = dict[str, object]


@dataclass(frozen=True, slots=True)
class Section:
    """entries: the largest stakes first, each with `who` (key of the person it concerns); beyond:
    how many more there are, that were not read.
    """

    entries: tuple[Entry, ...] = ()
    beyond: int = 0


@dataclass(slots=True)
class CaseBook:
    """Cases read once each, at one read unit or so."""

    desk: Desk
    known: dict[str, Case | None] = field(default_factory=dict)

    def case(self, debtor: str) -> Case | None:
        """None for a debtor that is gone under another code."""
        if debtor not in self.known:
            self.known[debtor] = self.desk.cases.load(debtor, self.desk.creditor)
        return self.known[debtor]

    def entry(self, debtor: str) -> Entry:
        """Who it is about, and who of ours follows it."""
        case = self.case(debtor)
        name = case.debtor.name if case else debtor
        entry: Entry = {"debtor_code": debtor, "debtor_name": name, "asked": {}, "who": None}
        if case is not None:
            person = person_for(case, self.desk.creditor.profile, self.desk.today)
            entry |= {"who": person.key, "collector": person.name}
        return entry


def told_until(desk: Desk) -> datetime:
    """What happened from then on may not be seen yet: it is told the next time."""
    return desk.now - IN_FLIGHT


def by_stake(entries: Iterable[Entry], beyond: int = 0) -> Section:
    ranked = sorted(entries, key=lambda one: (-_size(one), str(one["debtor_code"])))
    return Section(tuple(ranked), beyond)


def _size(entry: Entry) -> Decimal:
    asked = entry["asked"]
    return size_of(asked) if isinstance(asked, dict) else Decimal(0)


def largest(notices: Iterable[Notice], most: int = READ_AT_MOST) -> tuple[list[Notice], int]:
    """Those to read, and how many are left out."""
    ranked = sorted(notices, key=lambda one: (-stake_of(one), one.id))
    return ranked[:most], max(0, len(ranked) - most)


def notice_entry(book: CaseBook, notice: Notice) -> Entry:
    """asked: of all its debtors, by currency; late: days of the oldest item it asks for."""
    parts = [(book.case(part.debtor), part) for part in notice.parts]
    asked = sum_of(amounts_of(case, part.asked) for case, part in parts if case is not None)
    keys = [(case, key) for case, part in parts if case is not None for key in part.asked]
    return book.entry(notice.debtor) | {
        "asked": asked,
        "others": len(notice.debtors) - 1,
        "channel": str(notice.channel),
        "level": None if notice.answers or notice.step in OWN_STEPS else str(notice.level),
        "formal": notice.is_formal_notice,
        "is_copy": notice.copy_of is not None,
        "rehearsal": notice.rehearsal,
        "pieces": len(keys),
        "late": max(_days_late(book.desk, keys), default=0),
        "why": why_of(notice),
        "at": notice.updated_at,
    }


def why_of(notice: Notice) -> str:
    """The reason code for which it was planned."""
    if notice.answers is not None:
        return "answer-due"
    if notice.copy_of is not None:
        return "letter-copy"
    if notice.step == PLAN_DEFAULT:
        return "instalment-unpaid"
    return "unreached" if notice.template == "tried_to_reach" else "step-due"


def _days_late(desk: Desk, keys: Sequence[tuple[Case, ItemKey]]) -> Iterator[int]:
    for case, key in keys:
        due = case.items[key].due_date if key in case.items else None
        if due is not None:
            yield (desk.today - due).days


def command(verb: str, creditor: str, *words: str, more: str = "") -> str:
    """To type, as a shell understands it."""
    said = " ".join(["relance", verb, quote(creditor), *map(quote, words)])
    return f"{said} {more}".rstrip()
