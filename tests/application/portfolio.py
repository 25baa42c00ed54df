"""A creditor with many debtors, each owing one invoice whose first reminder is due on DAY."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from relance.application.dispatch import DispatchReport, Gate, dispatch_all
from relance.domain.creditor import Mode
from relance.domain.debtor import Debtor, Role
from relance.domain.notice import Notice, NoticeStatus
from tests.builders import a_contact, a_creditor, a_debtor, an_invoice
from tests.world import World, at

DAY = date(2026, 3, 5)
NEXT = date(2026, 3, 6)
DUE = DAY - timedelta(days=3)


def who(number: int, *, email: str | None = None, **more: Any) -> Debtor:
    code = f"C{number:03d}"
    contact = a_contact("ap", Role.ACCOUNTS_PAYABLE, email or f"ap@c{number}.example")
    return replace(a_debtor(code, contact), **{"siren": None, **more})


def world_of(
    count: int,
    *,
    mode: Mode = Mode.AUTO,
    debtors: list[Debtor] | None = None,
    due: date = DUE,
    **profile: Any,
) -> World:
    """Debtor 1 owes 101 euros, debtor 2 owes 102…; plans at 08:00, sends from 10:00."""
    creditor = a_creditor(mode=mode, as_of=DUE)
    settings = {"send_from": time(10), **profile}
    creditor = replace(creditor, profile=replace(creditor.profile, **settings))
    world = World(DUE, creditor)
    for number in range(1, count + 1):
        debtor = debtors[number - 1] if debtors else who(number)
        item = an_invoice(f"F{number}", due=due, amount=str(100 + number))
        world.owes(item, debtor=debtor)
    return world


def morning(world: World, day: date = DAY) -> None:
    """A fresh balance, and the run of 08:00."""
    world.clock.set(at(day, 6))
    world.refresh()
    world.plan(day)


def gate(world: World) -> Gate:
    return Gate(world.office, world.queue, world.staff_mail)


def let_out(world: World, day: date = DAY, hour: int = 10) -> DispatchReport:
    world.clock.set(at(day, hour))
    return dispatch_all("acme", gate=gate(world))


def notices(world: World, status: NoticeStatus) -> list[Notice]:
    stored = world.stores.of("acme")
    found = [n for code in stored.cases.debtors() for n in stored.notices.of_case(code)]
    return [notice for notice in found if notice.status is status]


def asked(world: World) -> list[Decimal]:
    """The sums of what left, in the order in which it left."""
    return [sum(content.notice.asked.values(), Decimal(0)) for content in world.carrier.sent]
