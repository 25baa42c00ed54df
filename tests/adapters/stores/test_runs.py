"""The runs of a day and the mails they owe, and what a digest is found by, on every engine."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.adapters.dynamodb.table import Table
from relance.application.ports import CaseChange, Conflict, NoticeChange
from relance.application.run_records import MailState, MorningMail, RunNote, RunProgress
from relance.domain.case import Case
from relance.domain.holds import ManualHold, Promise, UnreadReply
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import NOON, TODAY, case, creditor, draft, item, moved, notice

NOTE = RunNote("C#1", "stale-balance", {"EUR": Decimal("10.50")})
LATER = TODAY + timedelta(days=1)


def test_a_run_is_complete_when_every_page_that_was_queued_is_decided(stores: AnyStores) -> None:
    runs = stores.of("acme").runs
    assert runs.progress(TODAY) == RunProgress()
    assert not runs.finish(TODAY, "a", ()).is_complete
    assert not runs.expect(TODAY, frozenset({"a", "b"})).is_complete
    assert runs.progress(TODAY).missing == 1
    assert runs.finish(TODAY, "b", ()).is_complete
    assert runs.finish(TODAY, "b", ()).is_complete
    assert runs.progress(LATER) == RunProgress()
    assert stores.of("other").runs.progress(TODAY) == RunProgress()


def test_pages_of_a_second_start_are_waited_for_too(stores: AnyStores) -> None:
    runs = stores.of("acme").runs
    runs.expect(TODAY, frozenset({"a"}))
    runs.expect(TODAY, frozenset({"b"}))
    assert runs.finish(TODAY, "b", ()).missing == 1
    assert runs.finish(TODAY, "a", ()).is_complete


def test_the_notes_of_all_pages_come_back_and_a_page_decided_again_says_them_once(
    stores: AnyStores,
) -> None:
    runs = stores.of("acme").runs
    other = replace(NOTE, debtor="C2", reason="observe-mode", level="level_1", channel="email")
    runs.finish(TODAY, "a", (NOTE,))
    runs.finish(TODAY, "b", (other,))
    runs.finish(TODAY, "b", (other,))
    assert sorted(runs.notes(TODAY), key=lambda note: note.debtor) == [NOTE, other]
    assert runs.notes(LATER) == ()


def test_the_mail_of_the_morning_is_claimed_by_one(stores: AnyStores) -> None:
    runs = stores.of("acme").runs
    assert runs.mail("finance") is None
    mail = MorningMail("finance", TODAY, MailState.SENDING, NOON, as_of=TODAY)
    saved = runs.save_mail(mail)
    assert runs.mail("finance") == saved == replace(mail, version=1)
    with pytest.raises(Conflict):
        runs.save_mail(mail)
    done = runs.save_mail(replace(saved, state=MailState.DONE, covers=NOON))
    assert runs.mail("finance") == done
    assert stores.of("other").runs.mail("finance") is None


def test_what_a_run_found_is_not_kept_for_ever(table: Table, dynamo: AnyStores) -> None:
    dynamo.of("acme").runs.finish(TODAY, "a", (NOTE,))
    rows = table.starting_with(f"C#acme#RUN#{TODAY}", "")
    assert [row.sk for row in rows] == ["PAGE#a", "RUN"]
    assert all(row.expires_at is not None for row in rows)


def test_notices_that_ended_are_found_by_their_last_change(stores: AnyStores) -> None:
    at: Case = case()
    stores.creditors.save(creditor())
    for name in ("a", "b"):
        change = CaseChange(at, draft(), notices=(NoticeChange(notice(at, name), None),))
        at = stores.of("acme").cases.commit(change)
    notices = stores.of("acme").notices
    assert notices.ended(since=NOON - timedelta(days=9)) == ()
    first = moved(notices.get("a"), NoticeStatus.WITHHELD)
    at = stores.of("acme").cases.commit(CaseChange(at, draft(), notices=(first,)))
    assert [one.id for one in notices.ended(since=first.notice.updated_at)] == ["a"]
    assert notices.ended(since=first.notice.updated_at + timedelta(seconds=1)) == ()
    later = replace(first.notice, updated_at=NOON + timedelta(days=2), reason="again")
    again = NoticeChange(later, NoticeStatus.WITHHELD)
    stores.of("acme").cases.commit(CaseChange(at, draft(), notices=(again,)))
    assert [one.id for one in notices.ended(since=NOON + timedelta(days=1))] == ["a"]


def test_a_case_is_found_by_its_reply_to_read_until_it_is_seen(stores: AnyStores) -> None:
    store = stores.of("acme").cases
    held = replace(case(), holds=(UnreadReply("r1", TODAY),))
    at = store.commit(CaseChange(held, draft()))
    assert store.to_read() == ("C001",)
    store.commit(CaseChange(replace(at, holds=()), draft()))
    assert store.to_read() == ()


def test_a_case_is_found_by_its_dates_and_by_no_other(stores: AnyStores) -> None:
    store = stores.of("acme").cases
    saved = stores.creditors.save(creditor())
    one = item()
    until = date(2026, 4, 10)
    promised = Promise("p", date(2026, 3, 20), None, {one.key: Decimal(1)}, None, TODAY)
    holds = (ManualHold("h", "wait", TODAY, until), promised)
    held = replace(case(), holds=holds, items={one.key: one})
    at = store.commit(CaseChange(held, draft(), items=(one,), import_seq=1))
    assert store.dated(until, until) == ("C001",)
    assert store.dated(promised.promised_for, until) == ("C001",)
    assert store.dated(date(2026, 3, 21), until - timedelta(days=1)) == ()
    loaded = store.load("C001", saved)
    assert loaded is not None
    assert loaded.version == at.version
    store.commit(CaseChange(replace(loaded, holds=()), draft()))
    assert store.dated(date(2026, 1, 1), date(2026, 12, 31)) == ()
