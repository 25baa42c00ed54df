"""A case waits for the date that it had been given: when what decides changes, that date may be too
late, and every case is looked at again (rule 11).
"""

from dataclasses import replace

from relance.domain.creditor import Creditor, CreditorProfile

_DATES = (
    "policy",
    "holidays",
    "days",
    "quiet_periods",
    "min_days_between_reminders",
    "max_contacts_in_7_days",
)
"""Fields of a profile that a next date rests on."""


def with_look_again(before: Creditor | None, after: Creditor) -> Creditor:
    """From the first case on, when the policy or the calendar is another one."""
    if before is None or decide_alike(before, after):
        return after
    return replace(after, look_again_after="")


def decide_alike(one: Creditor, other: Creditor) -> bool:
    """Whether the dates of their cases rest on the same policy and the same calendar."""
    return _decides(one) == _decides(other)


def _decides(creditor: Creditor) -> tuple[object, ...]:
    profile: CreditorProfile = creditor.profile
    return (creditor.own_policy, *(getattr(profile, name) for name in _DATES))
