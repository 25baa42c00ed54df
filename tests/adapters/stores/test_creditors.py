"""The contracts of the creditors and of their imports, on every engine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.ports import Conflict, NotFound
from relance.domain.creditor import Lease, Mode, Pause
from relance.domain.evidence import EvidenceDraft, chain_problem, head_of
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    creditor,
    import_record,
)

DAY = timedelta(days=1)
LATER = NOON + timedelta(hours=1)


def test_a_creditor_comes_back_with_its_version(stores: AnyStores) -> None:
    saved = stores.creditors.save(creditor())
    busy = replace(
        saved,
        mode=Mode.AUTO,
        pause=Pause(NOON, "marie", "litige général"),
        lease=Lease("import-1", LATER),
        import_seq=3,
    )
    again = stores.creditors.save(busy)

    assert (saved.version, again.version) == (1, 2)
    assert stores.creditors.get("acme") == again == replace(busy, version=2)


def test_a_stale_creditor_conflicts(stores: AnyStores) -> None:
    saved = stores.creditors.save(creditor())
    stores.creditors.save(replace(saved, import_seq=1))

    with pytest.raises(Conflict):
        stores.creditors.save(replace(saved, import_seq=2))
    with pytest.raises(Conflict):
        stores.creditors.save(creditor())
    assert stores.creditors.get("acme").import_seq == 1


def test_a_creditor_that_does_not_exist_cannot_be_replaced(stores: AnyStores) -> None:
    with pytest.raises(Conflict):
        stores.creditors.save(replace(creditor(), version=1))


def test_the_codes_of_all_creditors(stores: AnyStores) -> None:
    for code in ("zeta", "acme", "é#1"):
        stores.creditors.save(creditor(code))

    assert stores.creditors.codes() == ("acme", "zeta", "é#1")
    assert stores.creditors.get("é#1").code == "é#1"
    with pytest.raises(NotFound):
        stores.creditors.get("unknown")


def test_the_reply_domain_follows_the_creditor(stores: AnyStores) -> None:
    saved = stores.creditors.save(creditor(reply_domain="Reply.Acme.example"))
    stores.creditors.save(creditor("second", reply_domain="reply.acme.example"))
    assert stores.directory.by_reply_domain("REPLY.acme.example") == ("acme", "second")

    elsewhere = replace(saved, payment=creditor(reply_domain="r2.example").payment)
    stores.creditors.save(elsewhere)
    assert stores.directory.by_reply_domain("reply.acme.example") == ("second",)
    assert stores.directory.by_reply_domain("r2.example") == ("acme",)

    stores.creditors.save(replace(stores.creditors.get("acme"), payment=None))
    assert stores.directory.by_reply_domain("r2.example") == ()


def test_recent_imports_newest_first(stores: AnyStores) -> None:
    imports = stores.of("acme").imports
    for seq in (1, 2, 10, 9):
        imports.add(import_record(seq))

    assert [record.import_seq for record in imports.recent(3)] == [10, 9, 2]
    assert imports.recent(50)[0] == import_record(10)
    assert imports.recent(0) == ()


def test_what_has_no_number_is_found_by_its_day_however_many_have_one(stores: AnyStores) -> None:
    imports = stores.of("acme").imports
    for seq in range(1, 5):
        imports.add(import_record(seq))
    early, late = (
        import_record(0, status="refused", drop_key=f"acme/{n}.csv", received_at=NOON + n * DAY)
        for n in (1, 2)
    )
    imports.add(early)
    imports.add(late)
    assert imports.unnumbered(since=NOON) == (late, early)
    assert imports.unnumbered(since=NOON + 2 * DAY) == (late,)
    assert imports.unnumbered(since=NOON + 3 * DAY) == ()


def test_the_last_import_of_a_file(stores: AnyStores) -> None:
    imports = stores.of("acme").imports
    imports.add(import_record(2, "aa"))
    imports.add(import_record(3, "bb"))
    imports.add(import_record(1, "aa", status="refused"))

    assert imports.find("aa") == import_record(2, "aa")
    assert imports.find("cc") is None
    assert len(imports.recent(5)) == 3


def test_adding_a_record_again_changes_nothing(stores: AnyStores) -> None:
    imports = stores.of("acme").imports
    imports.add(import_record(1))
    imports.add(import_record(1))
    imports.add(import_record(1, drop_version="another"))

    assert len(imports.recent(5)) == 2


def test_imports_do_not_show_in_other_listings(stores: AnyStores) -> None:
    stores.creditors.save(creditor())
    stores.of("acme").imports.add(import_record(1))

    assert stores.creditors.codes() == ("acme",)
    assert stores.of("acme").cases.debtors() == ()


def test_what_is_decided_about_a_creditor_is_proved_with_it(stores: AnyStores) -> None:
    saved = stores.creditors.save(creditor(), EvidenceDraft(NOON, "ana", "created"))
    paused = replace(saved, pause=Pause(NOON, "ana", "audit"))
    stores.creditors.save(paused, EvidenceDraft(NOON, "paul", "paused", personal={"why": "x"}))

    history = stores.creditors.history("acme")
    assert [(entry.seq, entry.actor, entry.kind) for entry in history] == [
        (1, "ana", "created"),
        (2, "paul", "paused"),
    ]
    assert chain_problem(history) is None
    assert head_of(history[-1]) == stores.creditors.get("acme").chain


def test_a_change_that_loses_leaves_no_proof(stores: AnyStores) -> None:
    saved = stores.creditors.save(creditor())
    stores.creditors.save(replace(saved, import_seq=1))

    with pytest.raises(Conflict):
        stores.creditors.save(saved, EvidenceDraft(NOON, "paul", "paused"))
    assert stores.creditors.history("acme") == ()
