"""How much and when a creditor writes at all: its policy's figures, else those of its profile."""

from dataclasses import dataclass, fields, replace
from datetime import time
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.creditor import CreditorProfile
from relance.domain.policy import Policy
from relance.domain.sending_days import QuietPeriod, Weekday


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one creditor. The window is local time; None: no such cap; letters_budget_per_month: in
    the creditor's currency.
    """

    send_from: time
    send_until: time
    days: tuple[Weekday, ...]
    holidays: str
    quiet_periods: tuple[QuietPeriod, ...]
    max_contacts_in_7_days: int
    min_days_between_reminders: int
    max_messages_per_day: int
    max_first_messages_per_day: int
    max_letters_per_day: int | None
    letters_budget_per_month: Decimal | None


def limits_of(profile: CreditorProfile, policy: Policy) -> Limits:
    """What the policy says wins; policy: the creditor's own, or as it is for one debtor."""
    found = {}
    for one in fields(Limits):
        said = getattr(policy, one.name)
        found[one.name] = getattr(profile, one.name) if said is None else said
    return Limits(**found)


def with_limits(case: Case, policy: Policy) -> Case:
    """The case with the spacing, the budget and the quiet periods that the policy has for it."""
    facts = case.facts
    said = {
        name: value
        for name in ("quiet_periods", "max_contacts_in_7_days", "min_days_between_reminders")
        if (value := getattr(policy, name)) is not None
    }
    return replace(case, facts=replace(facts, **said)) if said else case
