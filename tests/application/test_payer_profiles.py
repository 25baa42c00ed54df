"""A person confirms how a debtor pays; files and imports do not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.payer_profiles import confirm_profile, view_profile
from relance.application.payment_statistics import creditor_statistics, debtor_statistics
from relance.application.ports import CaseChange, ContactLine, ContactsFile, NotFound
from relance.domain.debtor import Contact, PayerProfile, Role
from tests.application.fakes_import import ImportWorld, a_row, after_a_week
from tests.builders import a_debtor, an_invoice
from tests.domain.paid import several
from tests.world import World

DAY = date(2026, 3, 5)


@pytest.fixture
def world() -> World:
    """C001 has paid six items forty days late, after three reminders each."""
    made = World(DAY)
    made.owes(an_invoice())
    history = several(6, days_late=40, reminders=3)
    debtor = replace(made.case().debtor, proposed_profile=PayerProfile.BAD_PAYER)
    change = CaseChange(replace(made.case(), debtor=debtor), None, payments=history)
    made.stores.of("acme").cases.commit(change)
    return made


def confirm(world: World, profile: PayerProfile, note: str = "") -> None:
    confirm_profile("acme", "C001", profile, "claire", note, office=world.office)


def test_looking_at_a_profile_writes_nothing(world: World) -> None:
    before = world.case()
    view = view_profile("acme", "C001", office=world.office)
    assert view.proposal.profile is PayerProfile.BAD_PAYER
    assert world.case() == before


def test_a_confirmed_profile_is_kept_and_proved(world: World) -> None:
    confirm(world, PayerProfile.NEGLIGENT, "vu avec eux")
    debtor = world.case().debtor
    assert (debtor.profile, debtor.proposed_profile) == (PayerProfile.NEGLIGENT, None)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("profile-confirmed", "claire")
    assert entry.facts == {"profile": "negligent", "proposed": "bad_payer"}
    assert entry.personal == {"note": "vu avec eux"}


def test_the_former_profile_is_in_the_proof(world: World) -> None:
    confirm(world, PayerProfile.NEGLIGENT)
    confirm(world, PayerProfile.GOOD)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert entry.facts == {"profile": "good", "was": "negligent"}


def test_confirming_twice_adds_nothing(world: World) -> None:
    confirm(world, PayerProfile.GOOD)
    before = world.case().version
    confirm(world, PayerProfile.GOOD)
    assert world.case().version == before


def test_nobody_knows_this_debtor(world: World) -> None:
    with pytest.raises(NotFound):
        confirm_profile("acme", "NOPE", PayerProfile.GOOD, "c", "", office=world.office)


def test_a_contacts_file_leaves_the_profile_alone() -> None:
    world: ImportWorld = after_a_week()
    debtor = replace(
        world.case().debtor,
        profile=PayerProfile.GOOD,
        proposed_profile=PayerProfile.BAD_PAYER,
    )
    world.edit(debtor=debtor)
    anne = Contact("k1", "Anne", Role.BUYER, "anne@client.example")
    line = ContactLine(2, a_row().debtor_code or "", None, anne, "fr", None, None)
    world.drop(ContactsFile((line,), ()))
    assert world.case().debtor.contacts == (anne,)
    assert world.case().debtor.profile is PayerProfile.GOOD
    assert world.case().debtor.proposed_profile is PayerProfile.BAD_PAYER


def test_the_figures_of_one_and_of_all(world: World) -> None:
    world.owes(an_invoice("B", amount="500.00"), debtor=a_debtor("C002"))
    one = debtor_statistics("acme", "C001", office=world.office)["EUR"]
    every = creditor_statistics("acme", office=world.office)["EUR"]
    assert one.paid.items == every.paid.items == 6
    assert (one.open, every.open) == (Decimal(1000), Decimal(1500))
    assert debtor_statistics("acme", "C002", office=world.office)["EUR"].paid.items == 0


def test_the_days_of_sales_are_those_of_the_day_of_the_balance(world: World) -> None:
    issued = replace(an_invoice(), issue_date=date(2026, 3, 1))
    world.owes(issued)
    world.clock.advance(timedelta(days=20))
    found = debtor_statistics("acme", "C001", office=world.office)["EUR"]
    assert (found.as_of, found.dso) == (DAY, Decimal("3.1"))  # 5 days × 1000 of 1600
