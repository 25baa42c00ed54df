"""Whatever happens to a group: no debtor in two live notices, no case left behind by its notice."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from relance.application.people import Findings
from relance.application.seen_reply import mark_seen
from relance.domain.delivery import DeliveryEvent
from relance.domain.evidence import chain_problem
from relance.domain.holds import UnreadReply
from tests.builders import an_invoice
from tests.groups import PAYER, a_payer, a_shop
from tests.world import World, at

START = date(2026, 3, 2)
CODES = ("S1", "S2", "S3", "S4", PAYER)
events = st.tuples(
    st.sampled_from(["bill", "pay", "reply", "seen", "bounce", "nothing"]),
    st.sampled_from(CODES),
    st.sampled_from(["morning", "between"]),
)


class Group:
    """Four shops and their payer, to whom things happen."""

    def __init__(self) -> None:
        self.world = World(START)
        self.count = 0
        for code in CODES:
            self.happen("bill", code)

    def happen(self, event: str, code: str) -> None:
        getattr(self, f"_{event}")(code)

    def _bill(self, code: str) -> None:
        self.count += 1
        due = self.world.today - timedelta(days=self.count % 5)
        stored = self.world.stores.of("acme").cases
        case = stored.load(code, self.world.office.creditors.get("acme"))
        owed = case.open_items if case else ()
        self._owes(code, *owed, an_invoice(f"F-{self.count}", due=due, amount="300"))

    def _pay(self, code: str) -> None:
        self._owes(code)

    def _owes(self, code: str, *items: object) -> None:
        debtor = a_payer() if code == PAYER else a_shop(code)
        if code in self.world.stores.of("acme").cases.debtors():
            debtor = self.world.case(code).debtor
        self.world.owes(*items, debtor=debtor)  # type: ignore[arg-type]

    def _reply(self, code: str) -> None:
        sent = [c.notice for c in self.world.carrier.sent if code in c.notice.debtors]
        if sent:
            self.count += 1
            token = f"reply+{sent[-1].reply_token}@reply.acme.example"
            self.world.reply(token, reply_id=f"r{self.count}")

    def _seen(self, code: str) -> None:
        for hold in self.world.case(code).holds:
            if isinstance(hold, UnreadReply):
                mark_seen("acme", code, hold.key, "ana", Findings(), office=self.world.office)

    def _bounce(self, code: str) -> None:
        sent = [c.notice for c in self.world.carrier.sent if code in c.notice.debtors]
        if sent:
            self.world.delivery(sent[-1].id, DeliveryEvent.HARD_BOUNCE)

    def _nothing(self, code: str) -> None:
        assert code in CODES

    def check(self) -> None:
        stores = self.world.stores.of("acme")
        cases = {code: self.world.case(code) for code in CODES}
        for code, case in cases.items():
            assert chain_problem(stores.cases.history(code)) is None
            live = case.live
            if live is not None:
                notice = stores.notices.get(live.id)
                assert code in notice.debtors
                assert notice.part_of(code).asked == live.asked
            alive = [n for n in stores.notices.of_case(code) if n.status.is_live]
            assert [n.id for n in alive] == ([live.id] if live else [])
        for notice in stores.notices.live(before=self.world.clock.now() + timedelta(days=1)):
            lives = [cases[code].live for code in notice.debtors]
            assert {live and (live.id, live.status) for live in lives} == {
                (notice.id, notice.status)
            }

    def check_the_payers_weeks(self) -> None:
        """Seven days between two e-mails to the payer, whichever of its people got them."""
        notices = self.world.stores.of("acme").notices
        sent = [notices.get(content.notice.id) for content in self.world.carrier.sent]
        theirs = {contact.email for contact in a_payer().contacts}
        days = sorted(
            one.planned_for
            for one in sent
            if one.status != "bounced" and {r.email for r in one.recipients} & theirs
        )
        assert all((later - day).days >= 7 for day, later in pairwise(days))


@settings(max_examples=25)
@given(st.lists(st.lists(events, max_size=3), min_size=4, max_size=10))
def test_no_debtor_is_in_two_live_notices_and_none_is_left_behind(
    days: list[list[tuple[str, str, str]]],
) -> None:
    group = Group()
    for number, happenings in enumerate(days):
        day = START + timedelta(days=3 + 2 * number)
        group.world.clock.set(at(day, 6))
        group.world.refresh()
        for moment, hour in (("morning", 8), ("between", 9)):
            if hour == 8:
                group.world.plan(day)
                group.check()
            group.world.clock.set(at(day, hour))
            for event, code, when in happenings:
                if when == moment:
                    group.happen(event, code)
            group.check()
        group.world.clock.set(at(day, 10))
        group.world.sweep()
        with suppress(IndexError):
            group.world.drain()
        group.check()
        group.world.clock.set(at(day, 19))
        group.world.sweep()
        group.check()
    group.check_the_payers_weeks()
