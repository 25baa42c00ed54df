"""Replies reach who is there to read them."""

from dataclasses import replace
from datetime import date

import pytest

from relance.application.forward_reply import forward_reply
from relance.domain.creditor import Absence, Collector
from relance.domain.reply import ReadReply, ReplyKind
from tests.builders import a_creditor, an_invoice
from tests.world import FakeStaffRenderer, World

DUE = date(2026, 3, 2)
READ = ReadReply(ReplyKind.HUMAN, "Bonjour", "fr", "Re: relance", "ap@client.example", "m@x", ())


class KeepingRenderer(FakeStaffRenderer):
    """Forwards carry the message itself."""

    def message(self, template: str, **kwargs: object) -> object:  # type: ignore[override]
        kwargs.pop("attachments")
        return super().message(template, **kwargs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("absences", "to"),
    [
        ((), "claire@acme.example"),
        ((Absence(DUE, DUE),), "hugo@acme.example"),
    ],
)
def test_a_reply_reaches_the_collector_or_who_stands_in(
    absences: tuple[Absence, ...], to: str
) -> None:
    creditor = a_creditor()
    claire = replace(creditor.profile.collectors[0], backup="hugo", absences=absences)
    hugo = Collector("hugo", "Hugo Petit", "hugo@acme.example")
    world = World(
        DUE, replace(creditor, profile=replace(creditor.profile, collectors=(claire, hugo)))
    )
    world.owes(an_invoice(due=DUE))
    desk = world.office.open("acme")
    world.reply("unknown@reply.acme.example")
    (stored,) = (*desk.stores.replies.of_case("C001"), *desk.stores.replies.triage())
    renderer = KeepingRenderer()
    forward_reply(
        desk,
        replace(stored, debtor="C001"),
        READ,
        b"raw",
        renderer=renderer,  # type: ignore[arg-type]
        mailer=world.mailer,
    )
    assert [who for _, who, _ in renderer.told] == [to]
