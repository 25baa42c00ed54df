"""The contract of the replies, on every engine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.ports import CaseChange, NotFound
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    NOON,
    case,
    draft,
    reply,
)

LATER = NOON + timedelta(hours=1)


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


def test_a_reply_filed_again_elsewhere_leaves_its_first_case(stores: AnyStores) -> None:
    cases, replies = stores.of("acme").cases, stores.of("acme").replies
    cases.commit(CaseChange(case(), draft(), reply=reply(debtor="C001")))
    cases.commit(CaseChange(case("C002"), draft(), reply=reply(debtor="C002")))

    assert replies.of_case("C001") == ()
    assert replies.of_case("C002") == (reply(debtor="C002"),)


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


def test_a_reply_seen_by_mistake_is_unread_again(stores: AnyStores) -> None:
    cases, replies = stores.of("acme").cases, stores.of("acme").replies
    filed = reply(debtor="C001")
    cases.commit(CaseChange(case(), draft(), reply=filed))
    replies.mark_forwarded("r1", NOON)
    replies.mark_seen("r1", "marie", LATER)
    replies.mark_unread("r1")
    assert replies.get("r1") == replace(filed, forwarded_at=NOON)
