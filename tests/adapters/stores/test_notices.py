"""The contracts of the notices and of the directory, on every engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from relance.application.ports import CaseChange, Conflict, NotFound, NoticeChange, ThreadRef
from relance.domain.case import Case
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    case,
    contact,
    creditor,
    draft,
    moved,
    notice,
)

LATER = NOON + timedelta(hours=1)


HERE = ThreadRef("acme", "C001")


def put_notice(stores: AnyStores, change: NoticeChange, at: Case) -> Case:
    return stores.of(at.creditor).cases.commit(CaseChange(at, draft(), notices=(change,)))


def test_notices_of_a_case_oldest_first(stores: AnyStores) -> None:
    first, second = notice(case(), "z"), notice(case(), "a", created_at=LATER, updated_at=LATER)
    at = put_notice(stores, NoticeChange(second, None), case())
    put_notice(stores, NoticeChange(first, None), at)
    put_notice(stores, NoticeChange(notice(case("C002"), "other"), None), case("C002"))

    assert stores.of("acme").notices.of_case("C001") == (first, second)
    assert stores.of("acme").notices.get("a") == second


def test_live_notices_are_those_that_have_waited(stores: AnyStores) -> None:
    at = case()
    ages = {"old": NOON, "older": NOON - timedelta(seconds=1), "new": LATER}
    for name, updated in ages.items():
        at = put_notice(stores, NoticeChange(notice(at, name, updated_at=updated), None), at)

    live = stores.of("acme").notices.live(before=LATER)

    assert [one.id for one in live] == ["older", "old"]


def test_a_notice_that_has_ended_is_not_live(stores: AnyStores) -> None:
    planned = notice(case())
    at = put_notice(stores, NoticeChange(planned, None), case())
    sending = moved(planned, NoticeStatus.SENDING)
    at = put_notice(stores, sending, at)
    assert [n.id for n in stores.of("acme").notices.live(before=LATER)] == ["n1"]

    sent = moved(sending.notice, NoticeStatus.SENT, message_id="ses-1")
    put_notice(stores, sent, at)

    assert stores.of("acme").notices.live(before=LATER) == ()
    assert stores.of("acme").notices.get("n1") == sent.notice


def test_an_unknown_notice_is_not_found(stores: AnyStores) -> None:
    with pytest.raises(NotFound):
        stores.of("acme").notices.get("nope")


def test_instants_compare_across_zones(stores: AnyStores) -> None:
    paris = timezone(timedelta(hours=1))
    early = notice(case(), updated_at=datetime(2026, 3, 2, 12, 30, tzinfo=paris))
    put_notice(stores, NoticeChange(early, None), case())

    assert stores.of("acme").notices.live(before=datetime(2026, 3, 2, 11, 30, tzinfo=UTC)) == ()
    assert stores.of("acme").notices.live(before=datetime(2026, 3, 2, 11, 31, tzinfo=UTC))


def test_a_token_finds_the_case_from_the_first_day(stores: AnyStores) -> None:
    put_notice(stores, NoticeChange(notice(case(), reply_token="ab12"), None), case())

    assert stores.directory.by_token("AB12") == replace(HERE, notice_id="n1")
    assert stores.directory.by_token("ab13") is None


@pytest.mark.parametrize(
    "asked", ["0102-abc", "<0102-abc@eu-west-3.amazonses.com>", "0102-abc@email.amazonses.com"]
)
def test_a_message_id_finds_the_case_once_sent(stores: AnyStores, asked: str) -> None:
    planned = notice(case())
    at = put_notice(stores, NoticeChange(planned, None), case())
    sending = moved(planned, NoticeStatus.SENDING)
    at = put_notice(stores, sending, at)
    assert stores.directory.by_message_id(asked) is None

    sent = moved(sending.notice, NoticeStatus.SENT, message_id="0102-abc")
    at = put_notice(stores, sent, at)
    put_notice(stores, moved(sent.notice, NoticeStatus.DELIVERED), at)

    assert stores.directory.by_message_id(asked) == replace(HERE, notice_id="n1")
    assert stores.directory.by_message_id("0102-abc@client.example") is None


def test_a_message_id_kept_with_its_domain_is_found_without_it(stores: AnyStores) -> None:
    sending = notice(case(), status=NoticeStatus.SENDING)
    at = put_notice(stores, NoticeChange(sending, None), case())
    full = "0102-abc@email.amazonses.com"
    put_notice(stores, moved(sending, NoticeStatus.SENT, message_id=full), at)

    assert stores.directory.by_message_id("0102-abc") == replace(HERE, notice_id="n1")


def test_addresses_follow_the_contacts(stores: AnyStores) -> None:
    cases, by_address = stores.of("acme").cases, stores.directory.by_address
    first = cases.commit(CaseChange(case(emails=("A@Client.example", "b@client.example")), draft()))
    assert by_address("acme", "a@client.EXAMPLE ") == (HERE,)

    people = (contact("b@client.example"), contact("c@client.example", "c"), contact(None, "d"))
    second = cases.commit(
        CaseChange(replace(first, debtor=replace(first.debtor, contacts=people)), draft())
    )
    assert by_address("acme", "a@client.example") == ()
    assert by_address("acme", "b@client.example") == (HERE,)
    assert by_address("acme", "c@client.example") == (HERE,)

    cases.commit(CaseChange(replace(second, debtor=replace(second.debtor, contacts=())), draft()))
    assert by_address("acme", "c@client.example") == ()


def test_contacts_that_change_do_not_hide_a_conflict(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(emails=("a@client.example",)), draft()))
    cases.commit(CaseChange(first, draft()))
    nobody = replace(first, debtor=replace(first.debtor, contacts=()))

    with pytest.raises(Conflict):
        cases.commit(CaseChange(nobody, draft()))

    assert stores.directory.by_address("acme", "a@client.example") == (HERE,)


def test_an_address_may_belong_to_several_cases(stores: AnyStores) -> None:
    for code in ("C002", "C001", "#3"):
        stores.of("acme").cases.commit(CaseChange(case(code, emails=("a@group.example",)), None))
    stores.of("other").cases.commit(
        CaseChange(case("X", of=creditor("other"), emails=("a@group.example",)), None)
    )

    found = {ref.debtor for ref in stores.directory.by_address("acme", "a@group.example")}

    assert found == {"C001", "C002", "#3"}
