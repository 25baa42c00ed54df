"""What is looked at before anything is switched on: each list, and what blocks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import Case
from relance.domain.creditor import BalanceState, Creditor, Pause, PendingDetails
from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.open_item import ItemFlag, OpenItem
from relance.domain.postal_address import PostalAddress
from relance.domain.preflight import LARGEST, MAILBOX_DEBTORS, Check, Preflight, preflight
from relance.domain.preflight_rules import RULES
from tests.builders import (
    CALENDAR,
    a_case,
    a_contact,
    a_credit,
    a_creditor,
    a_debtor,
    an_invoice,
    payment_details,
    standard_policy,
)

TODAY = date(2026, 3, 4)
"""A Wednesday."""


def told(code: str = "C001") -> Debtor:
    """A debtor of whom everything is known, with a mailbox and a SIREN of its own."""
    contact = a_contact(email=f"{code.lower()}@client.example")
    return replace(a_debtor(code, contact), language="fr", siren=None)


def run(*cases: Case, creditor: Creditor | None = None) -> Preflight:
    return preflight(
        creditor or a_creditor(), iter(cases), CALENDAR, TODAY, policy=standard_policy()
    )


def check(found: Preflight, code: str) -> Check:
    return next(one for one in found.checks if one.code == code)


def listed(found: Preflight) -> set[str]:
    """The codes of the checks that found something, mode and date apart."""
    return {one.code for one in found.checks if one.count}


def test_all_is_well() -> None:
    found = run(a_case(debtor=told()))
    assert listed(found) == set()
    assert not found.is_blocked
    assert (found.debtors, found.open) == (1, {"EUR": Decimal(1000)})


# ---------------------------------------------------------------- the whole creditor

WELL = a_creditor()
STOPS: dict[str, Creditor] = {
    "no-balance": replace(WELL, balance=BalanceState()),
    "balance-stale": a_creditor(as_of=date(2026, 2, 27)),
    "balance-suspicious": replace(WELL, balance=replace(WELL.balance, suspicious=True)),
    "import-waiting": replace(WELL, waiting_drops=frozenset({"a.csv"})),
    "payment-details-missing": replace(WELL, payment=None),
    "payment-details-waiting": replace(WELL, pending=PendingDetails(payment_details(), "x")),
    "creditor-paused": replace(WELL, pause=Pause(datetime(2026, 3, 1, tzinfo=UTC), "x", "y")),
}


@pytest.mark.parametrize("code", STOPS)
def test_what_stops_the_whole_creditor(code: str) -> None:
    found = run(a_case(debtor=told()), creditor=STOPS[code])
    assert found.is_blocked
    assert listed(found) == {code}


def test_two_working_days_are_fresh() -> None:
    """Monday's balance on Wednesday; Friday's is three open days old."""
    assert not check(run(creditor=a_creditor(as_of=date(2026, 3, 2))), "balance-stale").count
    assert check(run(creditor=a_creditor(as_of=date(2026, 2, 27))), "balance-stale").count


def test_the_mode_and_the_date_are_said() -> None:
    found = run()
    assert check(found, "mode").detail == "auto"
    assert check(found, "balance-date").detail == "2026-03-02"


def test_what_may_leave_at_the_most_is_said_as_the_policy_has_it() -> None:
    """Rule 7: letters have a daily cap and a monthly budget though nobody said so."""
    found = run()
    codes = ("messages-per-day", "letters-per-day", "letters-per-month")
    assert [check(found, code).detail for code in codes] == ["50", "20", "500"]
    policy = replace(standard_policy(), max_letters_per_day=0)
    found = preflight(a_creditor(), (), CALENDAR, TODAY, policy=policy)
    assert check(found, "letters-per-day").detail == "0"


# ---------------------------------------------------------------- lists

LISTS: dict[str, Case] = {
    "debtors-without-email": a_case(debtor=replace(told(), contacts=())),
    "debtors-without-address": a_case(debtor=replace(told(), address=None)),
    "debtors-without-language": a_case(debtor=replace(told(), language=None)),
    "public-debtors": a_case(debtor=replace(told(), name="Mairie de Lens")),
    "foreign-debtors": a_case(
        debtor=replace(told(), address=PostalAddress(("1 HIGH ST", "LONDON"), "GB"))
    ),
    "collective-accounts": a_case(debtor=replace(told(), name="CLIENTS DIVERS")),
    "doubtful-items": a_case(replace(an_invoice(), account="41610000"), debtor=told()),
    "items-without-due-date": a_case(an_invoice(due=None), debtor=told()),
    "flagged-items": a_case(replace(an_invoice(), flag=ItemFlag.BLOCKED), debtor=told()),
    "insured-items": a_case(replace(an_invoice(), insurer="Assureur"), debtor=told()),
    "assigned-items": a_case(replace(an_invoice(), factor="Factor SA"), debtor=told()),
    "items-to-release": a_case(an_invoice(due=date(2026, 2, 10)), debtor=told()),
    "profiles-proposed": a_case(debtor=replace(told(), proposed_profile=PayerProfile.GOOD)),
}


def test_every_list_is_tried() -> None:
    assert set(LISTS) == {rule.code for rule in RULES}


@pytest.mark.parametrize("code", LISTS)
def test_a_list_names_the_debtor_and_what_it_owes(code: str) -> None:
    found = run(LISTS[code])
    assert listed(found) == {code}
    one = check(found, code)
    assert (one.count, one.found) == (1, ("C001",))
    assert one.amounts == {"EUR": Decimal("1000.00")}
    assert not found.is_blocked


def test_an_address_that_bounced_is_no_address() -> None:
    dead = replace(told(), contacts=(replace(a_contact(), unreachable="hard-bounce"),))
    assert check(run(a_case(debtor=dead)), "debtors-without-email").count == 1


def paid_by_another(**payer: object) -> Preflight:
    """C002 has neither mailbox nor language; P1 pays for it and owes nothing itself."""
    lacking = replace(told("C002"), contacts=(), language=None, payer="P1")
    head = a_case(a_credit(), debtor=replace(told("P1"), **payer))  # type: ignore[arg-type]
    return run(a_case(debtor=lacking), replace(head, pays_for=("C002",)))


def test_what_the_payer_has_a_debtor_does_not_lack() -> None:
    assert listed(paid_by_another()) == set()


def test_what_the_payer_lacks_too_is_lacking() -> None:
    assert listed(paid_by_another(language=None)) == {"debtors-without-language"}
    both = {"debtors-without-email", "debtors-without-language"}
    assert listed(paid_by_another(contacts=())) == both
    lacking = replace(told("C002"), contacts=(), payer="NOBODY")
    assert check(run(a_case(debtor=lacking)), "debtors-without-email").found == ("C002",)


def test_twenty_one_days_late_is_not_over_twenty_one() -> None:
    late = an_invoice("A", due=date(2026, 2, 11)), an_invoice("B", due=date(2026, 2, 10))
    assert check(run(a_case(*late, debtor=told())), "items-to-release").count == 1


def test_items_are_counted_one_by_one_and_debtors_once() -> None:
    items = [an_invoice(n, due=None) for n in "ABC"]
    found = run(a_case(*items, debtor=replace(told(), language=None)))
    assert check(found, "items-without-due-date").count == 3
    assert check(found, "debtors-without-language").count == 1


def test_who_owes_nothing_does_not_count() -> None:
    paid = a_case(a_credit(), debtor=replace(told(), contacts=(), address=None))
    found = run(paid)
    assert (found.debtors, listed(found), found.largest) == (0, set(), ())


# ---------------------------------------------------------------- unknown is not zero


def test_without_the_column_insured_and_assigned_are_unknown() -> None:
    found = run(a_case(debtor=told()))
    assert check(found, "insured-items").count is check(found, "assigned-items").count is None


def test_with_the_column_and_nobody_in_it_they_are_none() -> None:
    item = replace(an_invoice(), insurer="", factor="")
    found = run(a_case(item, debtor=told()), a_case(debtor=told("C002")))
    assert check(found, "insured-items").count == check(found, "assigned-items").count == 0


# ---------------------------------------------------------------- mailboxes


def sharing(count: int, **debtor: object) -> Iterable[Case]:
    for n in range(count):
        code = f"C{n:03}"
        same = (a_contact(email="Compta@Groupe.example"),)
        yield a_case(debtor=replace(told(code), contacts=same, **debtor))  # type: ignore[arg-type]


def test_a_mailbox_of_a_few_is_looked_at() -> None:
    found = run(*sharing(MAILBOX_DEBTORS))
    assert check(found, "mailboxes-shared").found == (
        "compta@groupe.example: C000, C001, C002, C003, C004",
    )
    assert not found.is_blocked


def test_a_mailbox_of_more_than_five_unrelated_debtors_blocks() -> None:
    found = run(*sharing(MAILBOX_DEBTORS + 1))
    assert check(found, "mailboxes-of-many").count == 1
    assert check(found, "mailboxes-shared").count == 0
    assert found.is_blocked


@pytest.mark.parametrize("tie", [{"payer": "C000"}, {"siren": "552100554"}])
def test_debtors_of_one_payer_or_of_one_entity_may_share(tie: dict[str, str]) -> None:
    head, *rest = sharing(MAILBOX_DEBTORS + 1, **tie)
    head = replace(head, debtor=replace(head.debtor, payer=None))
    head = replace(head, pays_for=("C001",) if "payer" in tie else ())
    assert listed(run(head, *rest)) == set()


# ---------------------------------------------------------------- the largest


def test_the_ten_largest_of_each_currency() -> None:
    euros = [an_invoice(f"E{n}", amount=str(n)) for n in range(1, 15)]
    dollars = [an_invoice("D", amount="9000", currency="USD")]
    found = run(a_case(*euros, debtor=told()), a_case(*dollars, debtor=told("C002")))
    numbers = [large.item.number for large in found.largest]
    assert numbers == [f"E{n}" for n in range(14, 14 - LARGEST, -1)] + ["D"]


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=40), st.integers(1, 5))
def test_nothing_larger_is_left_out(amounts: list[int], debtors: int) -> None:
    owed: dict[int, list[OpenItem]] = {}
    for n, amount in enumerate(amounts):
        owed.setdefault(n % debtors, []).append(an_invoice(f"F{n}", amount=str(amount)))
    found = run(*(a_case(*items, debtor=told(f"C{n}")) for n, items in owed.items()))
    largest = sorted(amounts, reverse=True)[:LARGEST]
    assert [large.item.open_amount for large in found.largest] == largest
    assert found.open == {"EUR": sum(amounts)}
