"""A rehearsed letter is posted to nobody: its specimen goes to the test address (§5 rule 7)."""

from dataclasses import replace
from decimal import Decimal

from relance.adapters.memory.outgoing import MemoryLetterProvider, MemoryMailer
from relance.application.carriers import EmailCarrier, LetterCarrier
from relance.application.send_letter import send_letter
from relance.application.send_notice import send_notice
from relance.domain.creditor import Mode
from relance.domain.notice import NoticeStatus
from relance.domain.notice_content import NoticeContent, OutgoingMail, RenderedLetter
from tests.application.portfolio import let_out, notices
from tests.application.test_dispatch import two_letters
from tests.world import World, no_penalties

TEST = "test@acme.example"


class PlainLetters:
    def letter(self, content: NoticeContent) -> RenderedLetter:
        return RenderedLetter(f"pdf {content.rehearsal_to}".encode(), 1, ("x",))


class PlainMails:
    def email(self, content: NoticeContent) -> OutgoingMail:
        attached = content.letter.pdf if content.letter else None
        return OutgoingMail(attached or b"", "us@acme.example", (content.rehearsal_to or "",), {})


def send_all(world: World, provider: MemoryLetterProvider, mailer: MemoryMailer) -> None:
    carrier = LetterCarrier(PlainLetters(), provider, EmailCarrier(PlainMails(), mailer))
    for _, notice_id, _ in list(world.queue.messages):
        send_letter(
            "acme",
            notice_id,
            send=lambda creditor, notice: send_notice(
                creditor,
                notice,
                office=world.office,
                carrier=carrier,
                objects=world.objects,
                claim_penalties=no_penalties,
                random=world.random,
            ),
            office=world.office,
            staff=world.staff_mail,
            queue=world.queue,
        )


def rehearsed() -> tuple[World, MemoryLetterProvider, MemoryMailer]:
    world = two_letters()
    creditors = world.office.creditors
    creditors.save(replace(creditors.get("acme"), mode=Mode.REDIRECT, redirect_to=TEST))
    world.staff.told.clear()
    let_out(world, world.today)
    provider, mailer = MemoryLetterProvider(), MemoryMailer()
    send_all(world, provider, mailer)
    return world, provider, mailer


def test_nothing_is_submitted_and_the_specimen_travels_by_mail() -> None:
    world, provider, mailer = rehearsed()
    assert provider.requests == []
    assert [mail.recipients for mail in mailer.sent] == [(TEST,), (TEST,)]
    assert mailer.sent[0].raw == f"pdf {TEST}".encode()
    letters = [n for n in notices(world, NoticeStatus.SENT) if n.channel.is_letter]
    assert len(letters) == 2
    assert all(letter.rehearsal for letter in letters)


def test_nobody_is_told_to_print_it_and_no_copy_follows() -> None:
    world, _, _ = rehearsed()
    assert world.staff.told == []
    for debtor in ("C001", "C002"):
        case = world.case(debtor)
        assert case.live is None
        assert all(done.step != "letter_2" for p in case.progress.values() for done in p.performed)


def test_it_costs_nothing_of_the_budget_of_the_month() -> None:
    world, _, _ = rehearsed()
    count = world.office.creditors.get("acme").dispatched
    assert count is not None
    assert (count.letters, count.spent_on_letters) == (2, Decimal(0))
