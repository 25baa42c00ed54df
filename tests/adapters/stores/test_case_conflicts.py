"""The contract of CaseStore, on every engine: who loses, and that losing writes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.ports import CaseChange, Conflict, NotFound, NoticeChange
from relance.domain.case import Case
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    case,
    creditor,
    draft,
    import_record,
    item,
    moved,
    notice,
    reply,
)

ACME = creditor()


def loaded(stores: AnyStores, debtor: str = "C001") -> Case:
    found = stores.of("acme").cases.load(debtor, ACME)
    assert found is not None
    return found


def test_a_stale_version_conflicts_and_writes_nothing(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    winner = cases.commit(CaseChange(replace(first, failures=1), draft("won")))

    with pytest.raises(Conflict):
        cases.commit(
            CaseChange(
                replace(first, failures=9),
                draft("lost"),
                items=(item(),),
                notices=(NoticeChange(notice(first), None),),
            )
        )

    assert loaded(stores) == winner
    assert [entry.kind for entry in cases.history("C001")] == ["tested", "won"]
    assert stores.of("acme").notices.of_case("C001") == ()


@pytest.mark.parametrize("entry", [draft(), None], ids=["with evidence", "without"])
def test_a_case_is_created_once(stores: AnyStores, entry: EvidenceDraft | None) -> None:
    cases = stores.of("acme").cases
    cases.commit(CaseChange(case(), entry))

    with pytest.raises(Conflict):
        cases.commit(CaseChange(case(), entry))


def test_a_notice_is_created_once(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), None))
    second = cases.commit(CaseChange(first, draft(), notices=(NoticeChange(notice(first), None),)))

    with pytest.raises(Conflict):
        cases.commit(CaseChange(second, draft(), notices=(NoticeChange(notice(first), None),)))

    assert loaded(stores).version == 2


def test_a_claim_needs_the_expected_status(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    planned = notice(case())
    first = cases.commit(CaseChange(case(), draft(), notices=(NoticeChange(planned, None),)))
    claim = moved(planned, NoticeStatus.SENDING)
    second = cases.commit(CaseChange(first, draft(), notices=(claim,)))

    with pytest.raises(Conflict):
        cases.commit(CaseChange(second, draft(), notices=(claim,)))

    assert stores.of("acme").notices.get("n1").status is NoticeStatus.SENDING


def test_a_notice_that_does_not_exist_cannot_move(stores: AnyStores) -> None:
    change = moved(notice(case()), NoticeStatus.SENDING)

    with pytest.raises(Conflict):
        stores.of("acme").cases.commit(CaseChange(case(), None, notices=(change,)))


def test_a_claim_fails_when_the_creditor_has_changed(stores: AnyStores) -> None:
    read = stores.creditors.save(ACME)
    planned = notice(case())
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft(), notices=(NoticeChange(planned, None),)))
    claim = CaseChange(
        first,
        draft(),
        notices=(moved(planned, NoticeStatus.SENDING),),
        creditor_version=read.version,
    )
    paused = stores.creditors.save(read)

    with pytest.raises(Conflict):
        cases.commit(claim)

    assert stores.of("acme").notices.get("n1").status is NoticeStatus.PLANNED
    assert cases.commit(replace(claim, creditor_version=paused.version)).version == 2


def test_a_stale_version_among_many_items_conflicts(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    cases.commit(CaseChange(first, draft()))

    with pytest.raises(Conflict):
        cases.commit(
            CaseChange(first, draft(), items=tuple(item(f"F{n}") for n in range(40)), import_seq=1)
        )

    assert len(cases.history("C001")) == 2


def test_creditors_do_not_see_each_other(stores: AnyStores) -> None:
    planned = notice(case())
    stores.of("acme").cases.commit(
        CaseChange(
            case(emails=("a@client.example",)),
            draft(),
            items=(item(),),
            notices=(NoticeChange(planned, None),),
            reply=reply(debtor="C001"),
        )
    )
    stores.of("acme").imports.add(import_record(1))
    other = stores.of("acme2")

    assert other.cases.load("C001", creditor("acme2")) is None
    assert (other.cases.debtors(), other.cases.history("C001")) == ((), ())
    assert other.notices.of_case("C001") == other.notices.live(before=NOON + timedelta(1)) == ()
    assert (other.replies.of_case("C001"), other.imports.recent(5)) == ((), ())
    assert stores.directory.by_address("acme2", "a@client.example") == ()
    with pytest.raises(NotFound):
        other.notices.get("n1")


@pytest.mark.parametrize(
    "change",
    [
        CaseChange(case(of=creditor("other")), None),
        CaseChange(case(), None, notices=(NoticeChange(notice(case("C002")), None),)),
        CaseChange(case(), None, reply=reply(debtor="C002")),
        CaseChange(case(), None, reply=reply(debtor=None)),
    ],
    ids=["another creditor", "another case's notice", "another case's reply", "triage"],
)
def test_a_change_concerns_one_case_of_the_creditor(stores: AnyStores, change: CaseChange) -> None:
    with pytest.raises(ValueError, match="a change must concern cases"):
        stores.of("acme").cases.commit(change)


def test_a_store_is_read_with_its_own_creditor(stores: AnyStores) -> None:
    with pytest.raises(ValueError, match="another creditor"):
        stores.of("acme").cases.load("C001", creditor("other"))
