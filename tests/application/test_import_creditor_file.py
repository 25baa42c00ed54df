"""`creditor.yaml`: payment details never take effect from a file alone."""

from dataclasses import replace

import pytest

from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.ports import CreditorFile
from relance.domain.creditor import BalanceState, Mode, PendingDetails
from relance.domain.creditor_config import ConfirmationRefused, details_fingerprint
from tests.application.fakes_import import ImportWorld, new_creditor
from tests.builders import a_profile, payment_details

OLD = payment_details()
NEW = replace(OLD, iban="FR7612345987650123456789014")


@pytest.fixture
def world() -> ImportWorld:
    return ImportWorld(new_creditor())


def drop(world: ImportWorld, file: CreditorFile, **put: object) -> str | None:
    outcome = world.drop(file, key="acme/creditor.yaml", **put)
    assert outcome.status == "applied"
    return outcome.code


def test_it_creates_the_creditor_in_observe_mode_with_nothing_to_pay_to() -> None:
    world = ImportWorld()
    assert drop(world, CreditorFile(a_profile(), OLD)) == "payment-details-pending"
    assert world.creditor.profile == a_profile()
    assert (world.creditor.mode, world.creditor.payment) == (Mode.OBSERVE, None)
    assert world.creditor.pending == PendingDetails(OLD, "drop")
    assert world.mailer.requests == []


def test_the_profile_applies_at_once_and_nothing_else_moves(world: ImportWorld) -> None:
    assert drop(world, CreditorFile(replace(a_profile(), language="en"), None)) is None
    assert world.creditor.profile.language == "en"
    assert (world.creditor.payment, world.creditor.pending) == (OLD, None)
    assert (world.creditor.mode, world.creditor.balance) == (Mode.AUTO, BalanceState())
    assert not world.creditor.is_importing


def test_unchanged_details_change_nothing(world: ImportWorld) -> None:
    assert drop(world, CreditorFile(a_profile(), OLD)) is None
    assert world.creditor.pending is None


@pytest.mark.parametrize(
    "changed",
    [
        NEW,
        replace(OLD, payee="Other"),
        replace(OLD, bic="BNPAFRPP"),
        replace(OLD, sender_domain="evil.example"),
        replace(OLD, reply_domain="evil.example"),
    ],
)
def test_changed_details_wait(world: ImportWorld, changed: object) -> None:
    drop(world, CreditorFile(a_profile(), changed), uploaded_by="eve")  # type: ignore[arg-type]
    assert world.creditor.payment == OLD
    assert world.creditor.pending == PendingDetails(changed, "eve")  # type: ignore[arg-type]


def test_the_alert_reaches_the_address_known_so_far(world: ImportWorld) -> None:
    profile = replace(a_profile(), finance_email="eve@evil.example")
    drop(world, CreditorFile(profile, NEW))
    alerts = [m for m in world.mailer.sent if m.tags["staff"] == "payment_details_pending"]
    assert [m.recipients for m in alerts] == [("finance@acme.example",), ("eve@evil.example",)]
    assert {m.sender for m in world.mailer.sent} == {"relance@acme.example"}
    assert b"'field': 'iban'" in alerts[0].raw


def test_another_creditor_cannot_be_changed_through_this_folder(world: ImportWorld) -> None:
    outcome = world.drop(CreditorFile(a_profile("other"), NEW), key="acme/creditor.yaml")
    assert (outcome.status, outcome.code) == ("refused", "creditor-code-mismatch")
    assert world.stores.creditors.codes() == ("acme",)


class TestConfirmation:
    def confirm(self, world: ImportWorld, who: str, fingerprint: str | None = None) -> None:
        confirm_payment_details("acme", who, fingerprint, office=world.doors().office)

    def refused(self, world: ImportWorld, who: str, fingerprint: str | None = None) -> str:
        with pytest.raises(ConfirmationRefused) as caught:
            self.confirm(world, who, fingerprint)
        return caught.value.code

    def test_two_other_persons(self, world: ImportWorld) -> None:
        drop(world, CreditorFile(a_profile(), NEW), uploaded_by="eve")
        assert self.refused(world, " EVE ") == "confirmation-by-uploader"
        self.confirm(world, "claire", details_fingerprint(NEW))
        assert world.creditor.payment == OLD
        assert self.refused(world, "Claire") == "confirmation-given-already"
        assert self.refused(world, "") == "confirmation-by-uploader"
        self.confirm(world, "marc")
        assert (world.creditor.payment, world.creditor.pending) == (NEW, None)
        assert self.refused(world, "anne") == "no-pending-payment-details"

    def test_each_is_proved(self, world: ImportWorld) -> None:
        drop(world, CreditorFile(a_profile(), NEW))
        self.confirm(world, "claire")
        self.confirm(world, "marc")
        history = world.stores.creditors.history("acme")
        assert [(e.actor, e.kind) for e in history] == [
            ("claire", "payment-details-confirmed"),
            ("marc", "payment-details-applied"),
        ]
        assert history[0].facts == {"details_sha256": details_fingerprint(NEW)}

    def test_a_confirmation_is_for_what_was_seen(self, world: ImportWorld) -> None:
        drop(world, CreditorFile(a_profile(), NEW))
        seen = details_fingerprint(NEW)
        drop(world, CreditorFile(a_profile(), replace(NEW, payee="Eve")))
        assert self.refused(world, "claire", seen) == "payment-details-changed-since-seen"

    def test_a_new_file_starts_again_the_same_one_does_not(self, world: ImportWorld) -> None:
        drop(world, CreditorFile(a_profile(), NEW))
        self.confirm(world, "claire")
        drop(world, CreditorFile(a_profile(), NEW), content=b"again")
        assert world.creditor.pending == PendingDetails(NEW, "drop", ("claire",))
        other = replace(NEW, payee="Eve")
        drop(world, CreditorFile(a_profile(), other))
        assert world.creditor.pending == PendingDetails(other, "drop")
