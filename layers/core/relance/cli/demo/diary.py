"""What the story itself saw and did, day by day: the truth that the summary is checked against."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from relance.domain.case import Case
from relance.domain.escalation.decision import Decision, Held


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing about that document (None: about any) may leave for this debtor meanwhile.

    From `since` on and before `until` (None: to the end).
    """

    debtor: str
    number: str | None
    reason: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HeldDay:
    """One reason not to act on a case on a day; numbers empty: on the whole case."""

    on: date
    debtor: str
    reason: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    on: date
    file: str
    status: str
    rejected: int
    exported: bool
    """A balance, as the accounting tool exports them."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person or a customer did. what: kebab-case; detail: a date, an outcome, a number."""

    at: datetime
    who: str
    what: str
    debtor: str | None
    detail: str = ""


@dataclass
class Diary:
    imports: list[Import] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    held: list[HeldDay] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    runs: dict[date, str] = field(default_factory=dict)

    @property
    def balance_days(self) -> list[date]:
        return [one.on for one in self.imports if one.exported]

    def note_decision(self, day: date, case: Case, decision: Decision) -> None:
        self.held += [_held_day(day, case, held) for held in decision.held]

    def silence(
        self,
        debtor: str,
        numbers: Iterable[str | None],
        reason: str,
        since: datetime,
        until: datetime | None,
    ) -> None:
        self.silences += [Silence(debtor, n, reason, since, until) for n in numbers]


def _held_day(day: date, case: Case, held: Held) -> HeldDay:
    numbers = sorted(case.items[key].number for key in held.items if key in case.items)
    return HeldDay(day, case.debtor.code, held.reason, tuple(numbers))
