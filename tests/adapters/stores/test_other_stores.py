"""The contracts of the creditors, notices, replies, imports and the directory, on every engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from relance.application.ports import CaseChange, Conflict, NotFound, NoticeChange, ThreadRef
from relance.domain.case import Case
from relance.domain.creditor import Lease, Mode, Pause
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    case,
    contact,
    creditor,
    draft,
    import_record,
    moved,
    notice,
    reply,
)

LATER = NOON + timedelta(hours=1)
HERE = ThreadRef("acme", "C001")


def put_notice(stores: AnyStores, change: NoticeChange, at: Case) -> Case:
    return stores.of(at.creditor).cases.commit(CaseChange(at, draft(), notices=(change,)))


# ---------------------------------------------------------------- creditors


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


# ---------------------------------------------------------------- notices


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


# ---------------------------------------------------------------- directory


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


# ---------------------------------------------------------------- replies


def test_triage_is_kept_once(stores: AnyStores) -> None:
    replies = stores.of("acme").replies
    assert replies.save_triage(reply())
    replies.mark_forwarded("r1", LATER)

    assert not replies.save_triage(reply(subject="again"))
    assert replies.triage() == (reply(forwarded_at=LATER),)
    assert replies.get("r1") == reply(forwarded_at=LATER)


def test_triage_is_listed_oldest_first(stores: AnyStores) -> None:
    replies = stores.of("acme").replies
    replies.save_triage(reply("late", received_at=LATER))
    replies.save_triage(reply("early"))

    assert [one.id for one in replies.triage()] == ["early", "late"]


def test_a_reply_leaves_triage_for_its_case(stores: AnyStores) -> None:
    replies = stores.of("acme").replies
    replies.save_triage(reply())
    replies.mark_forwarded("r1", LATER)
    filed = reply(debtor="C001", matched_by="person", reason=None)
    stores.of("acme").cases.commit(CaseChange(case(), draft(), reply=filed))

    assert replies.triage() == ()
    assert replies.of_case("C001") == (replace(filed, forwarded_at=LATER),)
    assert not replies.save_triage(reply())


def test_marks_survive_a_writer_that_had_not_read_them(stores: AnyStores) -> None:
    cases, replies = stores.of("acme").cases, stores.of("acme").replies
    filed = reply(debtor="C001")
    first = cases.commit(CaseChange(case(), draft(), reply=filed))
    replies.mark_forwarded("r1", NOON)
    replies.mark_seen("r1", "marie", LATER)
    cases.commit(CaseChange(first, draft(), reply=replace(filed, subject="Re: corrigé")))

    expected = replace(
        filed, subject="Re: corrigé", forwarded_at=NOON, seen_by="marie", seen_at=LATER
    )
    assert replies.get("r1") == expected


def test_marks_given_with_the_case_are_kept(stores: AnyStores) -> None:
    filed = reply(debtor="C001", forwarded_at=NOON, seen_by="paul", seen_at=LATER)
    stores.of("acme").cases.commit(CaseChange(case(), draft(), reply=filed))

    assert stores.of("acme").replies.of_case("C001") == (filed,)


def test_an_unknown_reply_is_not_found(stores: AnyStores) -> None:
    replies = stores.of("acme").replies
    for ask in (
        lambda: replies.get("nope"),
        lambda: replies.mark_forwarded("nope", NOON),
        lambda: replies.mark_seen("nope", "marie", NOON),
    ):
        with pytest.raises(NotFound):
            ask()


@pytest.mark.parametrize("wrong", [reply(debtor="C001"), reply(creditor="other")])
def test_triage_takes_only_what_has_no_case(stores: AnyStores, wrong: object) -> None:
    with pytest.raises(ValueError, match="triage"):
        stores.of("acme").replies.save_triage(wrong)  # type: ignore[arg-type]


# ---------------------------------------------------------------- import records


def test_recent_imports_newest_first(stores: AnyStores) -> None:
    imports = stores.of("acme").imports
    for seq in (1, 2, 10, 9):
        imports.add(import_record(seq))

    assert [record.import_seq for record in imports.recent(3)] == [10, 9, 2]
    assert imports.recent(50)[0] == import_record(10)
    assert imports.recent(0) == ()


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
