"""Our own people: who gets what on a day (design §5, "Who is who"). Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from relance.domain.case import Case
from relance.domain.creditor import Colleague, Collector, CreditorProfile
from relance.domain.debtor import Debtor

FINANCE = "finance"


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


N = TypeVar("N", bound=_Named)


def person_for(case: Case, profile: CreditorProfile, day: date) -> Colleague:
    """Who gets the calls, the tasks and the replies of this debtor that day: its collector, else
    the backup, else finance, which is never away.
    """
    found = collector_on_duty(case.debtor, profile, day)
    if found is None:
        return Colleague(FINANCE, profile.identity.name, profile.finance_email)
    return Colleague(found.key, found.name, found.email)


def collector_on_duty(debtor: Debtor, profile: CreditorProfile, day: date) -> Collector | None:
    """None: the debtor's collector and the backup are both away, or the creditor (of a simulation)
    has none.
    """
    if not profile.collectors:
        return None
    own = profile.collector(debtor.collector)
    backup = next((c for c in profile.collectors if c.key == own.backup), None)
    return next((c for c in (own, backup) if c is not None and not c.is_away(day)), None)


def signatory(debtor: Debtor, profile: CreditorProfile, day: date) -> Collector:
    """Who signs, with a telephone that somebody answers: the debtor's own when nobody is there."""
    return collector_on_duty(debtor, profile, day) or profile.collector(debtor.collector)


def salesperson_of(debtor: Debtor, people: Iterable[Colleague]) -> Colleague | None:
    """Ours, as the accounts name them; None for a name that the creditor has not declared."""
    return person_named(debtor.salesperson, people)


def person_named(text: str | None, people: Iterable[N]) -> N | None:
    """By key, name or e-mail address, whatever the capitals and the spaces."""
    wanted = plain_name(text or "")
    if not wanted:
        return None
    return next((p for p in people if wanted in map(plain_name, (p.key, p.name, p.email))), None)


def colleague_named(text: str | None, profile: CreditorProfile) -> Colleague | None:
    """Any of ours."""
    collectors = (Colleague(c.key, c.name, c.email) for c in profile.collectors)
    return person_named(text, (*collectors, *profile.salespeople, *profile.approvers))


def is_same_person(one: str, other: str) -> bool:
    return plain_name(one) == plain_name(other)


def is_one_of_us(one: str, other: str, profile: CreditorProfile) -> bool:
    """Likewise, whichever of their keys, names or addresses each was typed as: whoever collects and
    approves may be declared twice.
    """
    if is_same_person(one, other):
        return True
    found, before = colleague_named(one, profile), colleague_named(other, profile)
    if found is None or before is None:
        return False
    pairs = ((found.key, before.key), (found.name, before.name), (found.email, before.email))
    return any(is_same_person(*pair) for pair in pairs)


def plain_name(text: str) -> str:
    return " ".join(text.casefold().split())
