"""What people agree on with a customer, in a life that goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from relance.application import disputes, other_arrangements, plans
from relance.application.promises import note_promise
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.escalation.other_arrangements import ArrangementTerms, HoldTerms
from relance.domain.escalation.plans import PlanTerms
from relance.domain.holds import Arrangement, ArrangementKind, Dispute, Hold, Plan, Resolution
from tests.scenarios.life import Event
from tests.scenarios.watcher import peek
from tests.world import World

_DEBTOR = "C001"


@dataclass
class Arranging:
    """number: of the document that the event is about; amount: some amount."""

    world: World
    event: Event
    number: str
    amount: int

    def matters(self) -> dict[str, Callable[[], object]]:
        return {
            "note-promise": self.promise,
            "decide-dispute": self.decide,
            "plan": self.plan,
            "agree-plan": self.agree,
            "end-plan": self.end,
            "arrange": self.arrange,
            "approve-arrangement": self.approve,
            "hold-item": lambda: self.hold((self.number,)),
            "hold-case": lambda: self.hold(()),
        }

    def promise(self) -> None:
        exception = "because" if self.event.pick % 3 == 0 else None
        day = self.world.today + timedelta(days=self.event.days)
        terms = PromiseTerms(day, Decimal(self.amount), numbers=(), exception=exception)
        world = self.world
        note_promise(
            "acme", _DEBTOR, terms, "claire", "", office=world.office, postbox=world.postbox
        )

    def decide(self) -> None:
        """Credit expected or accepted: a rejection needs documents."""
        resolutions = (Resolution.CREDIT_EXPECTED, Resolution.ACCEPTED)
        disputes.decide_dispute(
            "acme",
            _DEBTOR,
            self._first(Dispute),
            resolutions[self.event.pick % 2],
            "claire",
            "",
            office=self.world.office,
            postbox=self.world.postbox,
        )

    def plan(self) -> None:
        first = self.world.today + timedelta(days=10 + self.event.days)
        terms = PlanTerms(Decimal(20), 1 + self.event.pick % 4, first)
        world = self.world
        plans.propose(
            "acme", _DEBTOR, terms, "claire", "", office=world.office, postbox=world.postbox
        )

    def agree(self) -> None:
        key, world = self._first(Plan), self.world
        plans.agree("acme", _DEBTOR, key, "claire", "", office=world.office, postbox=world.postbox)

    def end(self) -> None:
        plans.end("acme", _DEBTOR, self._first(Plan), "paul", "because", office=self.world.office)

    def arrange(self) -> None:
        day = self.world.today + timedelta(days=self.event.days)
        terms = ArrangementTerms(ArrangementKind.SET_OFF, (self.number,), day)
        other_arrangements.note_arrangement(
            "acme", _DEBTOR, terms, "claire", "", office=self.world.office
        )

    def approve(self) -> None:
        key, world = self._first(Arrangement), self.world
        other_arrangements.approve(
            "acme", _DEBTOR, key, "paul", office=world.office, postbox=world.postbox
        )

    def hold(self, numbers: tuple[str, ...]) -> None:
        day = self.world.today + timedelta(days=self.event.days % 12)
        terms = HoldTerms("because", day, numbers)
        other_arrangements.hold_case("acme", _DEBTOR, terms, "claire", office=self.world.office)

    def _first(self, kind: type[Hold]) -> str:
        found = (hold.key for hold in peek(self.world).holds if isinstance(hold, kind))
        return next(found, "none")
