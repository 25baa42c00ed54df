"""What `relance case` and `relance todo` show of debtors that share a payer."""

from datetime import date
from io import StringIO

from rich.console import Console

from relance.cli.case_view import show_case, show_todo
from tests.groups import PAYER, a_world_of_shops
from tests.world import World

DAY = date(2026, 3, 5)


def case_of(world: World, code: str) -> str:
    console = Console(record=True, width=250, file=StringIO())
    show_case(console, world.office, "acme", code)
    return console.export_text()


def todo_of(world: World) -> str:
    console = Console(record=True, width=250, file=StringIO())
    show_todo(console, world.office, "acme")
    return console.export_text()


def test_a_case_tells_its_payer_and_that_its_notice_is_shared() -> None:
    world = a_world_of_shops(DAY, "S1", "S2")
    world.plan(DAY)
    live = world.case("S1").live
    assert live is not None
    text = case_of(world, "S1")
    assert "Paid for by: P1 (Groupe Dupont)" in text
    assert f"planned for 2026-03-05, shared with S2 ({live.id})" in text
    assert "shared_with=S2" in text
    assert "Pays for: S1, S2" in case_of(world, PAYER)


def test_what_is_shared_is_one_thing_to_do() -> None:
    world = a_world_of_shops(DAY, "S1", "S2")
    world.run_day(DAY)
    world.reply(f"reply+{world.carrier.sent[0].notice.reply_token}@reply.acme.example")
    assert todo_of(world).count("reply to read") == 1
