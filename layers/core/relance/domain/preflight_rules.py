"""The lists that a preflight makes: each says which claims of a case it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from relance.domain.case import Case
from relance.domain.debtor import Debtor
from relance.domain.escalation.recipients import has_address
from relance.domain.open_item import OpenItem
from relance.domain.public_body import is_collective, is_public

DOUBTFUL = "416"
"""Accounts of doubtful customers (French chart of accounts)."""
TO_RELEASE_AFTER = timedelta(days=21)
"""Items later than that when first seen wait for a person (design §5 rule 7)."""
HOME = "FR"

Claims = Sequence[OpenItem]
Select = Callable[[Case, Claims, date], Claims | None]


class Severity(StrEnum):
    """block: mend it first; look: go through the list; info: good to know."""

    BLOCK = "block"
    LOOK = "look"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """select: the claims it is about, None when the data cannot say. of_debtors: it counts
    debtors, else items. payer_has: what a debtor lacks, and its payer may have for it.
    """

    code: str
    of_debtors: bool
    select: Select
    severity: Severity = Severity.LOOK
    payer_has: Callable[[Debtor], bool] | None = None


def mailboxes(debtor: Debtor) -> frozenset[str]:
    """The addresses that work, in lower case."""
    return frozenset(
        contact.email.strip().lower()
        for contact in debtor.contacts
        if contact.email and contact.unreachable is None
    )


def _reads_a_language(debtor: Debtor) -> bool:
    """A message to the payer is written in the language of the payer."""
    return debtor.language is not None and bool(mailboxes(debtor))


def _of_debtor(test: Callable[[Debtor], bool]) -> Select:
    return lambda case, claims, _: claims if test(case.debtor) else ()


def _of_item(test: Callable[[OpenItem], bool]) -> Select:
    return lambda _, claims, __: [item for item in claims if test(item)]


def _told(value_of: Callable[[OpenItem], str | None]) -> Select:
    """Unknown when no item of the case comes from a file that has the column."""

    def select(_: Case, claims: Claims, __: date) -> Claims | None:
        told = [item for item in claims if value_of(item) is not None]
        return [item for item in told if value_of(item)] if told else None

    return select


def _without_address(case: Case, claims: Claims, _: date) -> Claims:
    return () if has_address(case) else claims


def _to_release(_: Case, claims: Claims, today: date) -> Claims:
    late = today - TO_RELEASE_AFTER
    return [item for item in claims if item.due_date is not None and item.due_date < late]


RULES = (
    Rule(
        "debtors-without-email",
        True,
        _of_debtor(lambda debtor: not mailboxes(debtor)),
        payer_has=lambda payer: bool(mailboxes(payer)),
    ),
    Rule("debtors-without-address", True, _without_address),
    Rule(
        "debtors-without-language",
        True,
        _of_debtor(lambda debtor: debtor.language is None),
        payer_has=_reads_a_language,
    ),
    Rule("public-debtors", True, _of_debtor(is_public)),
    Rule(
        "foreign-debtors",
        True,
        _of_debtor(lambda debtor: debtor.address is not None and debtor.address.country != HOME),
    ),
    Rule("collective-accounts", True, _of_debtor(is_collective)),
    Rule("doubtful-items", False, _of_item(lambda i: (i.account or "").startswith(DOUBTFUL))),
    Rule("items-without-due-date", False, _of_item(lambda item: item.due_date is None)),
    Rule("flagged-items", False, _of_item(lambda item: item.flag is not None)),
    Rule("insured-items", False, _told(lambda item: item.insurer)),
    Rule("assigned-items", False, _told(lambda item: item.factor)),
    Rule("items-to-release", False, _to_release),
    Rule(
        "profiles-proposed",
        True,
        _of_debtor(lambda debtor: debtor.proposed_profile is not None),
        Severity.INFO,
    ),
)
