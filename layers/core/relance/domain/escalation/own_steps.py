"""Messages that no policy has as a step: answers to the customer, the reminder of an instalment."""

from decimal import Decimal

from relance.domain.debtor import Role
from relance.domain.policy import Base, Channel, Level, Policy, Step

PLAN_DEFAULT = "plan_default"
ANSWERS = (
    "promise_recap",
    "dispute_noted",
    "dispute_resolved",
    "plan_agreement",
    "plan_agreed",
    "arrangement_recap",
    "call_recap",
)
CALL_RECAP = "call_recap"
LETTER_TO_SIGN = "plan_agreement"

_AUDIENCE = (Role.ACCOUNTS_PAYABLE, Role.BUYER, Role.MANAGER)
_DECIDERS = (Role.MANAGER, Role.ACCOUNTS_PAYABLE, Role.BUYER)


def _step(key: str, audience: tuple[Role, ...], grants_days: int | None = None) -> Step:
    return Step(
        key=key,
        level=Level.LEVEL_1,
        base=Base.DUE_DATE,
        after_days=0,
        channel=Channel.EMAIL,
        audience=audience,
        template=key,
        min_total=Decimal(0),
        grants_days=grants_days,
    )


OWN_STEPS: dict[str, Step] = {
    **{key: _step(key, _AUDIENCE) for key in ANSWERS},
    LETTER_TO_SIGN: _step(LETTER_TO_SIGN, _DECIDERS),
    PLAN_DEFAULT: _step(PLAN_DEFAULT, _DECIDERS, grants_days=8),
}


def find_step(policy: Policy, key: str) -> Step | None:
    return OWN_STEPS.get(key) or policy.find(key)
