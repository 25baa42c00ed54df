"""Policies (*scénarios de relance*): the ordered steps of the escalation (design §5)."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.errors import RelanceError
from relance.domain.policy_overrides import Overrides
from relance.domain.sending_days import QuietPeriod, Weekday
from relance.domain.step import Approval, Base, Channel, Level, Penalties, Step

__all__ = ["Approval", "Base", "Channel", "Level", "Penalties", "Policy", "Step"]


@dataclass(frozen=True, slots=True)
class Policy:
    name: str
    steps: tuple[Step, ...]
    reminders_before_formal_notice: int = 3
    formal_notice_days: int = 15
    """Days between a formal notice and the calendar date that it prints."""
    take_along_days: int = 15
    """Items whose own formal notice is due within so many days join the one that leaves."""
    letter_spacing_days: int = 15
    """Days between two level-2 registered letters to one debtor."""
    call_spacing_days: int = 12
    """Days between two calls to one debtor: a call is about all of its account."""
    min_gap_days: int = 2
    max_gap_days: int = 15
    """Bounds of the days between two steps, after the due date."""
    late_gap_days: int = 7
    """At the most, once a step was done after its planned date."""
    send_from: time | None = None
    send_until: time | None = None
    days: tuple[Weekday, ...] | None = None
    holidays: str | None = None
    """The region whose public holidays count: "FR", "FR-57", "FR-974"…"""
    quiet_periods: tuple[QuietPeriod, ...] | None = None
    max_contacts_in_7_days: int | None = None
    min_days_between_reminders: int | None = None
    max_messages_per_day: int | None = None
    max_first_messages_per_day: int | None = None
    max_letters_per_day: int | None = None
    letters_budget_per_month: Decimal | None = None
    """From the window on, None: as the creditor's profile says (`limits_of`)."""
    profiles: dict[PayerProfile, Overrides] = field(default_factory=dict)
    debtors: dict[str, Overrides] = field(default_factory=dict)
    """By customer code: applied over what its payer profile changes."""

    def of(self, debtor: Debtor) -> "Policy":
        """The policy as it is for this debtor: cheap, and the same when asked of its own result."""
        profile = debtor.profile if debtor.profile in self.profiles else None
        code = debtor.code if debtor.code in self.debtors else None
        if profile is None and code is None:
            return self
        return _effective(_This(self), profile, code)

    def with_overrides(self, *changes: Overrides) -> "Policy":
        """The policy once these are applied, in this order: it changes for nobody any more."""
        steps, figures = self.steps, dict[str, Any]()
        for change in changes:
            steps, figures = change.change(steps), figures | change.figures
        return replace(self, profiles={}, debtors={}, steps=steps, **figures)

    def index(self, key: str | None) -> int:
        """The position of a step, -1 for None: nothing performed yet."""
        if key is None:
            return -1
        for index, step in enumerate(self.steps):
            if step.key == key:
                return index
        raise RelanceError("step-unknown", {"step": key, "policy": self.name})

    def find(self, key: str) -> Step | None:
        """None for a step of a former policy: policies are edited while cases run."""
        for step in self.steps:
            if step.key == key:
                return step
        return None

    def step(self, key: str) -> Step:
        """Raises RelanceError for a step that this policy does not have."""
        return self.steps[self.index(key)]

    def deadline(self, step: Step, written_on: date) -> date | None:
        """The one calendar date that a formal notice prints (design §5 rule 8)."""
        if not step.is_formal_notice:
            return None
        return written_on + timedelta(days=max(self.formal_notice_days, step.grants_days or 0))

    @property
    def formal_notice(self) -> Step | None:
        return next((step for step in self.steps if step.is_formal_notice), None)


class _This:
    """A policy told by its identity: it holds dictionaries, and comparing them would cost."""

    __slots__ = ("policy",)

    def __init__(self, policy: Policy):
        self.policy = policy

    def __hash__(self) -> int:
        return id(self.policy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.policy is self.policy


@lru_cache(maxsize=2048)
def _effective(this: _This, profile: PayerProfile | None, code: str | None) -> Policy:
    policy = this.policy
    changes = [policy.profiles[profile]] if profile is not None else []
    changes += [policy.debtors[code]] if code is not None else []
    return policy.with_overrides(*changes)
