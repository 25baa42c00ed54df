"""The contract of CaseStore, on every engine."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.ports import CaseChange, Conflict, NotFound, NoticeChange
from relance.domain.case import Case
from relance.domain.debtor import Debtor
from relance.domain.evidence import ChainHead, chain_problem
from relance.domain.holds import UnreadReply
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import Settlement
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    TODAY,
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


def test_a_case_comes_back_as_it_was_committed(stores: AnyStores) -> None:
    items = (item("F1#invoice#1"), item("AV 2#credit_note#1", "-10.00", issue_date=None))
    new = replace(
        case(emails=("a@client.example",), agenda=TODAY, items=items),
        holds=(UnreadReply("r1", TODAY),),
        failures=2,
        import_seq=4,
    )
    committed = stores.of("acme").cases.commit(CaseChange(new, draft(), items=items, import_seq=4))

    assert committed.version == 1
    assert committed.chain.seq == 1
    assert loaded(stores) == committed
    assert replace(committed, version=0, chain=ChainHead(0, "")) == new


def test_the_facts_are_those_of_the_creditor_that_was_read(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), None))
    quiet = replace(ACME, waiting_drops=frozenset())

    found = stores.of("acme").cases.load("C001", quiet)

    assert found is not None
    assert not found.facts.importing
    assert loaded(stores).facts.importing


def test_amounts_keep_every_digit(stores: AnyStores) -> None:
    amounts = ("0.10", "1234567890123456789.0000000001", "1E+3", "-0.00", "100")
    items = tuple(item(f"F{n}#invoice#1", text) for n, text in enumerate(amounts))
    stores.of("acme").cases.commit(CaseChange(case(items=items), None, items=items))

    found = loaded(stores).items

    assert [str(found[one.key].amount) for one in items] == list(amounts)


@pytest.mark.parametrize(
    "code", ["C#1", "C%231", "L'Étoile d'Ωméga & Fils ✨", "a b", "#", "%", "C"]
)
def test_any_text_is_a_code(stores: AnyStores, code: str) -> None:
    new = case(code, emails=("x@client.example",), agenda=TODAY, items=(item("F#%23 é#x"),))
    cases = stores.of("acme").cases
    cases.commit(CaseChange(case("C#"), None))
    committed = cases.commit(CaseChange(new, draft(), items=tuple(new.items.values())))

    assert cases.load(code, ACME) == committed
    assert set(cases.debtors()) == {"C#", code}
    assert list(cases.due(TODAY, page_size=5)) == [(code,)]
    assert [ref.debtor for ref in stores.directory.by_address("acme", "x@client.example")] == [code]


def test_codes_that_only_differ_by_their_escape_are_two_cases(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    cases.commit(CaseChange(replace(case("C#1"), failures=1), None))
    cases.commit(CaseChange(replace(case("C%231"), failures=2), None))

    assert loaded(stores, "C#1").failures == 1
    assert loaded(stores, "C%231").failures == 2


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


def test_a_case_is_created_once(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    cases.commit(CaseChange(case(), draft()))

    with pytest.raises(Conflict):
        cases.commit(CaseChange(case(), draft()))


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


def test_the_fact_of_the_higher_import_wins(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    newer = item(amount="80")
    first = cases.commit(CaseChange(case(), draft(), items=(newer,), import_seq=7))
    late = (item(amount="120"), item("F2#invoice#1"))

    committed = cases.commit(CaseChange(first, draft(), items=late, import_seq=6))

    assert loaded(stores).items == {newer.key: newer, late[1].key: late[1]}
    assert committed.items[newer.key] == newer
    assert committed.version == loaded(stores).version == 2


def test_the_same_import_may_write_again(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft(), items=(item(),), import_seq=7))
    settled = item(settlement=Settlement.UNKNOWN_CAUSE, settled_on=TODAY, open_amount=Decimal(0))

    cases.commit(CaseChange(first, draft(), items=(settled,), import_seq=7))

    assert loaded(stores).items == {settled.key: settled}


@pytest.mark.parametrize("count", [21, 22, 23, 24, 25, 26, 60])
def test_more_items_than_a_transaction_holds(stores: AnyStores, count: int) -> None:
    items = tuple(item(f"F{n}#invoice#1", f"{n}.01") for n in range(count))
    new = case(emails=("a@client.example",), items=items)

    committed = stores.of("acme").cases.commit(CaseChange(new, draft(), items=items, import_seq=1))

    assert loaded(stores) == committed
    assert len(committed.items) == count


def test_higher_facts_win_also_among_many(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), None, items=(item("F30#invoice#1"),), import_seq=9))
    items = tuple(item(f"F{n}#invoice#1", "1") for n in range(60))

    committed = cases.commit(CaseChange(first, draft(), items=items, import_seq=8))

    assert committed.items["F30#invoice#1"].amount == Decimal("120.50")  # type: ignore[index]
    assert len(loaded(stores).items) == 60


def test_a_stale_version_among_many_items_conflicts(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    cases.commit(CaseChange(first, draft()))

    with pytest.raises(Conflict):
        cases.commit(
            CaseChange(first, draft(), items=tuple(item(f"F{n}") for n in range(40)), import_seq=1)
        )

    assert len(cases.history("C001")) == 2


def test_more_contacts_than_a_transaction_holds(stores: AnyStores) -> None:
    emails = tuple(f"p{n}@client.example" for n in range(40))
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(emails=emails), draft()))
    cases.commit(CaseChange(replace(first, debtor=case().debtor), draft()))

    assert loaded(stores).version == 2
    assert all(not stores.directory.by_address("acme", email) for email in emails)


def test_without_an_entry_the_version_still_rises(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    second = cases.commit(CaseChange(replace(first, agenda=TODAY), None))

    assert second.version == 2
    assert second.chain == first.chain
    assert len(cases.history("C001")) == 1
    with pytest.raises(Conflict):
        cases.commit(CaseChange(first, None))


def test_the_chain_is_whole_after_many_commits(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    now = case()
    for n in range(30):
        entry = None if n % 7 == 3 else draft(f"event-{n}", recipient=f"Zoë <z{n}@client.example>")
        now = cases.commit(CaseChange(now, entry))
    history = cases.history("C001")

    assert chain_problem(history) is None
    assert [entry.seq for entry in history] == list(range(1, 27))
    assert now.chain == ChainHead(26, history[-1].hash)
    assert history[0].personal == {"recipient": "Zoë <z0@client.example>"}
    assert len({entry.salt for entry in history}) == 26


def test_an_entry_without_personal_text_has_no_salt(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), draft()))

    (entry,) = stores.of("acme").cases.history("C001")

    assert (entry.salt, entry.personal) == (None, {})


def test_the_agenda_comes_in_pages_oldest_first(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    for n in range(7):
        cases.commit(CaseChange(case(f"C{n}", agenda=TODAY - timedelta(days=n)), None))

    pages = list(cases.due(TODAY, page_size=3))

    assert pages == [("C6", "C5", "C4"), ("C3", "C2", "C1"), ("C0",)]


def test_the_agenda_heals_missed_days_and_leaves_the_future(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    dates = {"missed": date(2025, 12, 31), "today": TODAY, "tomorrow": TODAY + timedelta(days=1)}
    for code, day in dates.items():
        cases.commit(CaseChange(case(code, agenda=day), None))
    cases.commit(CaseChange(case("never"), None))
    stores.of("other").cases.commit(CaseChange(case("X", of=creditor("other"), agenda=TODAY), None))

    assert list(cases.due(TODAY, page_size=10)) == [("missed", "today")]


def test_a_case_leaves_the_agenda_with_its_date(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(agenda=TODAY), None))
    second = cases.commit(CaseChange(replace(first, agenda=TODAY + timedelta(days=3)), None))
    assert list(cases.due(TODAY, page_size=10)) == []

    cases.commit(CaseChange(replace(second, agenda=None), None))
    assert list(cases.due(date(9999, 12, 31), page_size=10)) == []
    assert loaded(stores).agenda is None


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
    with pytest.raises(ValueError, match="one case"):
        stores.of("acme").cases.commit(change)


def test_a_store_is_read_with_its_own_creditor(stores: AnyStores) -> None:
    with pytest.raises(ValueError, match="another creditor"):
        stores.of("acme").cases.load("C001", creditor("other"))


def test_what_is_stored_does_not_change_with_the_callers_values(stores: AnyStores) -> None:
    facts = {"a": "1"}
    new = case(items=(item(),))
    change = CaseChange(new, replace(draft(), facts=facts), items=(item(),))
    committed = stores.of("acme").cases.commit(change)
    facts["a"] = "2"
    new.items.clear()
    committed.items.clear()
    loaded(stores).items.clear()

    assert len(loaded(stores).items) == 1
    assert chain_problem(stores.of("acme").cases.history("C001")) is None
    assert stores.of("acme").cases.history("C001")[0].facts == {"a": "1"}


def test_an_unknown_case_is_none(stores: AnyStores) -> None:
    assert stores.of("acme").cases.load("nobody", ACME) is None
    assert stores.of("acme").cases.history("nobody") == ()


def test_a_large_case_comes_back(stores: AnyStores) -> None:
    holds = tuple(UnreadReply(f"reply-{n}", TODAY) for n in range(3000))
    long_name = replace(case(), debtor=Debtor("C001", "É" * 5000), holds=holds)
    committed = stores.of("acme").cases.commit(CaseChange(long_name, draft()))

    assert loaded(stores) == committed
    shrunk = stores.of("acme").cases.commit(CaseChange(replace(committed, holds=()), None))
    assert loaded(stores) == replace(shrunk, holds=())
