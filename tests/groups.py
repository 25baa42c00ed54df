"""Debtors of one payer, and codes of one legal entity, for the tests."""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.policy import Channel
from tests.builders import a_contact, a_debtor, an_invoice
from tests.world import World, at

PAYER = "P1"


def a_payer(code: str = PAYER, *contacts: Contact) -> Debtor:
    people = contacts or (
        a_contact("payer-ap"),
        a_contact("payer-boss", Role.MANAGER),
        a_contact("payer-legal", Role.LEGAL),
    )
    return replace(a_debtor(code, *people), name="Groupe Dupont", siren=None)


def a_shop(code: str, payer: str | None = PAYER, **changes: object) -> Debtor:
    """A debtor with contacts of its own, which pays through its payer."""
    own = (
        a_contact(f"{code.lower()}-ap"),
        a_contact(f"{code.lower()}-boss", Role.MANAGER),
        a_contact(f"{code.lower()}-legal", Role.LEGAL),
    )
    shop = replace(a_debtor(code, *own), name=f"Boutique {code}", siren=None, payer=payer)
    return replace(shop, **changes)  # type: ignore[arg-type]


def a_world_of_shops(
    day: date, *codes: str, late: int = 3, amount: str = "400", payer: Debtor | None = None
) -> World:
    """Shops of one payer, each with an invoice that fell due so many days before that day."""
    world = World(day - timedelta(days=late))
    world.owes(debtor=payer or a_payer())
    for code in codes:
        due = day - timedelta(days=late)
        world.owes(an_invoice(f"F-{code}", due=due, amount=amount), debtor=a_shop(code))
    world.clock.set(at(day, 6))
    world.refresh()
    return world


def emails_sent(world: World) -> list[tuple[date, tuple[str, ...]]]:
    """The day and the debtors of each e-mail that left."""
    return [
        (content.written_on, content.notice.debtors)
        for content in world.carrier.sent
        if content.notice.channel is Channel.EMAIL
    ]
