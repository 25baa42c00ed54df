"""What people decide of a debtor or of the whole creditor, in a life that goes on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from relance.adapters.memory.world import MemoryPolicies
from relance.application.answers import Postbox
from relance.application.creditor_commands import change_mode, release_day
from relance.application.dispatch import Gate
from relance.application.flags import FlagTerms, flag_debtor
from relance.application.hand_over import take_back
from relance.application.sales_stop import stop_level_2
from relance.domain.creditor import Mode
from relance.domain.debtor import FlagKind
from relance.domain.policy import Policy
from tests.builders import shipped_policies, standard_policy
from tests.scenarios.life import Event
from tests.scenarios.watcher import Watcher
from tests.world import World

_DEBTOR = "C001"
_STANDARD = standard_policy()
_MODES = (Mode.OBSERVE, Mode.REDIRECT, Mode.ALLOW_LIST, Mode.CONFIRM)
_FLAGS = (FlagKind.CONFIRM_ALL, FlagKind.MANUAL_ONLY, FlagKind.NEVER)


def _without(*keys: str) -> Policy:
    return replace(_STANDARD, steps=tuple(s for s in _STANDARD.steps if s.key not in keys))


POLICIES = (
    _STANDARD,
    _without("email_2"),
    _without("call_1", "call_2", "call_3"),
    *(replace(policy, name="standard") for policy in shipped_policies()),
)


@dataclass
class Governing:
    world: World
    watcher: Watcher
    event: Event

    def matters(self) -> dict[str, Callable[[], object]]:
        return {
            "flag": lambda: self.flag(_FLAGS[self.event.pick % len(_FLAGS)]),
            "unflag": lambda: self.flag(FlagKind.NORMAL),
            "stop-level-2": self.stop,
            "policy": self.policy,
            "mode": self.mode,
            "auto": lambda: change_mode("acme", Mode.AUTO, "paul", office=self.world.office),
            "release-day": lambda: release_day("acme", "paul", gate=self._gate),
            "take-back": lambda: take_back(
                "acme", _DEBTOR, "paul", "because", office=self.world.office
            ),
        }

    def flag(self, kind: FlagKind) -> None:
        terms = FlagTerms(kind, "because")
        flag_debtor("acme", _DEBTOR, terms, "paul", office=self.world.office)

    def stop(self) -> None:
        days = 1 + self.event.days % 10
        stop_level_2("acme", _DEBTOR, "claire", "because", days, office=self.world.office)

    def policy(self) -> None:
        chosen = POLICIES[self.event.pick % len(POLICIES)]
        self.world.office = replace(self.world.office, policies=MemoryPolicies(chosen))
        self.world.postbox = Postbox(self._gate, self.world.random)
        self.watcher.changed = True

    def mode(self) -> None:
        change_mode(
            "acme",
            _MODES[self.event.pick % len(_MODES)],
            "paul",
            office=self.world.office,
            redirect_to="test@acme.example",
            allow_list=[_DEBTOR],
        )

    @property
    def _gate(self) -> Gate:
        return Gate(self.world.office, self.world.queue, self.world.staff_mail)
