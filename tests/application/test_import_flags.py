"""The flag of a contacts file: what it sets, and what it may not undo."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.flags import FlagTerms, flag_debtor
from relance.application.ports import ContactLine, ContactsFile, FlagLine
from relance.domain.debtor import DebtorFlag, FlagKind
from tests.application.fakes_import import ImportWorld, a_balance, a_row, new_creditor
from tests.application.test_import_contacts import DAY, line


@pytest.fixture
def world() -> ImportWorld:
    found = ImportWorld(new_creditor())
    found.drop(a_balance(a_row()))
    return found


def flagged(kind: FlagKind, **more: object) -> ContactLine:
    return line(flag=replace(FlagLine(kind), **more))  # type: ignore[arg-type]


def flag(world: ImportWorld) -> DebtorFlag | None:
    return world.case().debtor.flag


def dropped(world: ImportWorld, *lines: ContactLine, key: str = "acme/c.csv") -> None:
    world.drop(ContactsFile(lines), key=key)


def test_it_is_set_with_its_reason_its_owner_and_a_review_within_a_month(
    world: ImportWorld,
) -> None:
    terms = {"reason": "groupe", "owner": "zoe", "review_on": DAY + timedelta(days=90)}
    dropped(world, flagged(FlagKind.NEVER, **terms))
    month = DAY + timedelta(days=30)
    assert flag(world) == DebtorFlag(FlagKind.NEVER, "groupe", "zoe", DAY, month, "import")


def test_the_strictest_of_the_rows_of_a_debtor_counts(world: ImportWorld) -> None:
    dropped(world, flagged(FlagKind.CONFIRM_ALL), line(flag=FlagLine(FlagKind.NEVER)))
    found = flag(world)
    assert found is not None
    assert found.kind is FlagKind.NEVER


def test_a_file_lifts_the_flag_that_it_set_and_a_silent_one_leaves_it(world: ImportWorld) -> None:
    dropped(world, flagged(FlagKind.NEVER))
    dropped(world, line(language="en"), key="acme/d.csv")
    assert flag(world) is not None
    dropped(world, flagged(FlagKind.NORMAL), key="acme/e.csv")
    assert flag(world) is None


def test_a_file_never_loosens_what_a_person_decided(world: ImportWorld) -> None:
    terms = FlagTerms(FlagKind.MANUAL_ONLY, "sensible")
    flag_debtor("acme", "C001", terms, "paul", office=world.doors().office)
    for number, kind in enumerate((FlagKind.NORMAL, FlagKind.CONFIRM_ALL)):
        dropped(world, flagged(kind), key=f"acme/{number}.csv")
        found = flag(world)
        assert found is not None
        assert (found.kind, found.by) == (FlagKind.MANUAL_ONLY, "paul")
    dropped(world, flagged(FlagKind.NEVER), key="acme/strict.csv")
    found = flag(world)
    assert found is not None
    assert found.kind is FlagKind.NEVER


def test_the_same_file_every_week_does_not_put_the_review_off(world: ImportWorld) -> None:
    dropped(world, flagged(FlagKind.NEVER))
    first = flag(world)
    world.clock.set(world.clock.now() + timedelta(days=7))
    dropped(world, flagged(FlagKind.NEVER), line(language="en"), key="acme/d.csv")
    assert flag(world) == first
