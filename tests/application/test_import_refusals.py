"""Drops that are refused: keys with tricks, files that cannot be read, mails that fail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.importing import receive
from relance.application.importing.drop import DropKeyRefused, creditor_of
from relance.application.ports import SendThrottled
from relance.domain.errors import RelanceError
from relance.domain.open_item import ItemKey
from tests.application.fakes_import import (
    ImportWorld,
    a_balance,
    a_row,
    new_creditor,
)

TEN = tuple(a_row(f"FA-{n}", line=n) for n in range(10))
MINUTES = timedelta(minutes=1)
FA0 = ItemKey("FA-0|invoice|1")


@pytest.fixture
def world() -> ImportWorld:
    return ImportWorld(new_creditor())


def test_a_gigabyte_is_refused_without_being_fetched(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "LARGEST_DROP", 3)
    outcome = world.run(world.put(a_balance(a_row())))
    assert (outcome.status, outcome.code) == ("refused", "file-too-large")


class TestKeys:
    @pytest.mark.parametrize("key", ["acme/b.csv", "a-1/x/y z/b.csv", "acme/été & co.csv", "acme/"])
    def test_clean(self, key: str) -> None:
        assert creditor_of(key) in {"acme", "a-1"}

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "b.csv",
            "/acme/b.csv",
            "Acme/b.csv",
            "acme.fr/b.csv",
            f"{'a' * 41}/b.csv",
            "../b.csv",
            "acme/../other/b.csv",
            "acme/./b.csv",
            "acme//b.csv",
            "acme/ /b.csv",
            "acme/a\\b.csv",
            "acme/a\nb.csv",
            "acme/a\x00b.csv",
            "acme/\u202evsc.b",
            "acme/" + "x" * 1024,
        ],
    )
    def test_tricks(self, world: ImportWorld, key: str) -> None:
        with pytest.raises(DropKeyRefused):
            creditor_of(key)
        outcome = world.run(replace(world.put(a_balance(a_row())), key=key))
        assert (outcome.status, outcome.code) == ("refused", "drop-key-refused")
        assert outcome.report_key is not None
        assert world.reports.keys == (outcome.report_key,)
        assert world.creditor.import_seq == 0

    def test_a_folder_is_no_drop(self, world: ImportWorld) -> None:
        assert world.drop(a_balance(), key="acme/2026/").status == "ignored"
        assert world.creditor.version == 1


class TestRefusals:
    def test_a_refusal_is_an_answer(self, world: ImportWorld) -> None:
        error = RelanceError("workbook-damaged", {"file": "balance.csv"})
        outcome = world.drop(error)
        assert (outcome.status, outcome.code, outcome.mail) == (
            "refused",
            "workbook-damaged",
            "sent",
        )
        (record,) = world.stores.of("acme").imports.recent(9)
        assert (record.status, record.code, record.import_seq) == ("refused", "workbook-damaged", 0)
        assert world.creditor.waiting_drops == frozenset()
        assert any(key.startswith("quarantine/acme/") for key in world.reports.keys)
        assert b"workbook-damaged" in world.mailer.sent[0].raw

    def test_an_unknown_creditor(self, world: ImportWorld) -> None:
        outcome = world.drop(a_balance(a_row()), key="nobody/balance.csv")
        assert (outcome.status, outcome.code) == ("refused", "creditor-unknown")
        assert world.mailer.requests == []

    def test_an_object_that_is_gone_does_not_block_for_ever(self, world: ImportWorld) -> None:
        event = replace(world.put(a_balance(a_row())), version="lost")
        outcome = world.run(event)
        assert (outcome.status, outcome.code) == ("refused", "drop-not-found")
        assert not world.creditor.is_importing

    def test_an_unknown_error_is_an_error(self, world: ImportWorld) -> None:
        with pytest.raises(ZeroDivisionError):
            world.drop(ZeroDivisionError())
        assert world.creditor.is_importing, "nothing leaves until somebody looked"

    def test_without_confirmed_details_the_report_is_kept_not_mailed(self) -> None:
        world = ImportWorld(replace(new_creditor(), payment=None))
        outcome = world.drop(a_balance(a_row()))
        assert (outcome.status, outcome.mail) == ("applied", "payment-details-missing")
        assert world.mailer.requests == []
        assert outcome.report_key is not None
        assert b'"mail": "payment-details-missing"' in world.reports.get(outcome.report_key)
        assert outcome.report_key.replace(".json", ".eml") in world.reports.keys

    def test_a_mail_that_fails_undoes_nothing(self, world: ImportWorld) -> None:
        world.mailer.failing(SendThrottled("throttled"))
        outcome = world.drop(a_balance(a_row()))
        assert (outcome.status, outcome.mail) == ("applied", "throttled")
        assert not world.creditor.is_importing
