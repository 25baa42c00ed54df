"""What a policy changes for some debtors: by payer profile, by customer code (design §5 rule 9)."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from relance.domain.debtor import Role
from relance.domain.sending_days import QuietPeriod
from relance.domain.step import Approval, Base, Channel, Level, Penalties, Step
from relance.domain.threshold import Threshold


@dataclass(frozen=True, slots=True)
class StepChange:
    """The fields of a step that differ; None: as the policy has it."""

    level: Level | None = None
    base: Base | None = None
    after_days: int | None = None
    channel: Channel | None = None
    audience: tuple[Role, ...] | None = None
    template: str | None = None
    approval: Approval | None = None
    min_item: Threshold | None = None
    min_total: Threshold | None = None
    letter_from: Threshold | None = None
    grants_days: int | None = None
    penalties: Penalties | None = None
    announces: str | None = None


@dataclass(frozen=True, slots=True)
class Overrides:
    """What differs for a debtor. steps: changes by step key; without: keys of the steps it does
    not get. What is one per creditor (calendar, window, daily caps) cannot differ.
    """

    steps: dict[str, StepChange] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    reminders_before_formal_notice: int | None = None
    formal_notice_days: int | None = None
    take_along_days: int | None = None
    letter_spacing_days: int | None = None
    call_spacing_days: int | None = None
    min_gap_days: int | None = None
    max_gap_days: int | None = None
    late_gap_days: int | None = None
    quiet_periods: tuple[QuietPeriod, ...] | None = None
    max_contacts_in_7_days: int | None = None
    min_days_between_reminders: int | None = None

    @property
    def figures(self) -> dict[str, Any]:
        """The fields of the policy that it sets, by name."""
        return {k: v for k, v in given(self).items() if k not in {"steps", "without"}}

    def change(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        kept = (step for step in steps if step.key not in self.without)
        return tuple(self._changed(step) for step in kept)

    def _changed(self, step: Step) -> Step:
        change = self.steps.get(step.key)
        return step if change is None else replace(step, **given(change))


def given(changes: StepChange | Overrides) -> dict[str, Any]:
    """The fields that somebody wrote."""
    values = {one.name: getattr(changes, one.name) for one in fields(changes)}
    return {name: value for name, value in values.items() if value is not None}
