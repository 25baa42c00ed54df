"""Replies: matched, filed, held, forwarded (§8)."""

from datetime import date

import pytest

from relance.application.ports import NotFound, SendThrottled
from relance.domain.debtor import Debtor
from relance.domain.holds import UnreadReply
from relance.domain.reply import ReplyKind
from tests.builders import a_contact, a_debtor, an_invoice
from tests.world import World

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)


def reminded(*others: Debtor) -> World:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    for other in others:
        world.owes(an_invoice("Z", due=date(2026, 6, 1)), debtor=other)
    world.run_days(DUE, THURSDAY)
    return world


def is_held(world: World) -> bool:
    return any(isinstance(hold, UnreadReply) for hold in world.case().holds)


def test_the_token_of_the_reply_address_finds_the_case_in_any_letter_case() -> None:
    world = reminded()
    report = world.reply(world.carrier.sent[0].reply_to.upper(), sender="stranger@else.example")
    assert (report.matched_by, report.held) == ("token", True)
    assert is_held(world)


def test_the_thread_finds_the_case_when_the_token_is_gone() -> None:
    world = reminded()
    message_id = world.stores.of("acme").notices.get(world.carrier.sent[0].notice.id).message_id
    assert message_id is not None
    report = world.reply(
        "compta@reply.acme.example",
        sender="stranger@else.example",
        references=("other@x", f"{message_id}@eu-west-3.amazonses.com"),
    )
    assert report.matched_by == "references"
    assert is_held(world)


def test_the_senders_address_finds_the_case_last() -> None:
    world = reminded()
    assert world.reply("compta@reply.acme.example").matched_by == "sender"
    assert is_held(world)


def test_an_address_of_two_debtors_goes_to_triage() -> None:
    world = reminded(a_debtor("C002", a_contact("ap")))
    report = world.reply("compta@reply.acme.example")
    assert report.matched_by == "triage"
    (kept,) = world.stores.of("acme").replies.triage()
    assert kept.reason == "ambiguous-sender"
    assert not is_held(world)
    assert world.forwarded == ["r1"]


def test_an_unknown_sender_goes_to_triage_and_is_forwarded() -> None:
    world = reminded()
    report = world.reply("compta@reply.acme.example", sender="who@else.example")
    assert report.matched_by == "triage"
    assert world.forwarded == ["r1"]


def test_a_domain_of_no_creditor_stays_in_the_mail_bucket() -> None:
    world = reminded()
    with pytest.raises(NotFound):
        world.reply("compta@nobody.example")
    assert world.mail.get("inbound/r1") == b"raw"


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        (ReplyKind.HUMAN, True),
        (ReplyKind.SPAM_OR_OTHER, True),
        (ReplyKind.OUT_OF_OFFICE, False),
        (ReplyKind.AUTO_ACK, False),
        (ReplyKind.BOUNCE_HARD, False),
        (ReplyKind.BOUNCE_SOFT, False),
        (ReplyKind.RECEIPT, False),
    ],
)
def test_only_what_a_person_may_have_written_holds(kind: ReplyKind, holds: bool) -> None:
    world = reminded()
    assert world.reply(world.carrier.sent[0].reply_to, kind=kind).held is holds
    assert is_held(world) is holds
    assert world.kinds()[-1] == f"reply-{kind}"


@pytest.mark.parametrize("verdict", ["virus", "spam", "dmarc"])
def test_a_message_whose_verdict_fails_is_filed_and_flagged_without_effect(verdict: str) -> None:
    world = reminded()
    report = world.reply(world.carrier.sent[0].reply_to, verdicts={verdict: "FAIL"})
    assert not report.held
    assert not is_held(world)
    assert world.stores.of("acme").replies.get("r1").reason == "verdict-failed"
    assert world.forwarded == ([] if verdict == "virus" else ["r1"])


def test_the_bytes_received_are_kept_and_proved() -> None:
    world = reminded()
    world.reply(world.carrier.sent[0].reply_to)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert world.objects.get(entry.objects[0]) == b"raw"
    assert "sender" in entry.digests


def test_the_same_message_twice_is_filed_and_forwarded_once() -> None:
    world = reminded()
    address = world.carrier.sent[0].reply_to
    world.reply(address)
    before = world.kinds()
    world.reply(address)
    assert world.kinds() == before
    assert world.forwarded == ["r1"]


def test_a_forward_that_fails_is_tried_again_and_the_case_is_held_meanwhile() -> None:
    world = reminded()
    address = world.carrier.sent[0].reply_to
    world.forward_failures.append(SendThrottled("busy"))
    with pytest.raises(SendThrottled):
        world.reply(address)
    assert is_held(world)
    world.reply(address)
    assert world.forwarded == ["r1"]
