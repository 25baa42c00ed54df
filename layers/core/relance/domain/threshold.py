"""Minima of the policy: one figure, or one per currency (euros and dollars do not add up)."""

from collections.abc import Mapping
from decimal import Decimal

Threshold = Decimal | dict[str, Decimal]
"""A figure for any currency, or one per ISO code: the first also stands for those not named."""

CENT = Decimal("0.01")
"""The least that is ever asked for, whatever a policy says."""


def threshold_in(threshold: Threshold, currency: str) -> Decimal:
    if isinstance(threshold, Decimal):
        return threshold
    return threshold.get(currency, next(iter(threshold.values()), Decimal(0)))


def is_reached(sums: Mapping[str, Decimal], *thresholds: Threshold) -> bool:
    """Whether the sum of one currency is something, and reaches each of these minima."""
    return any(
        amount >= max([CENT, *(threshold_in(threshold, currency) for threshold in thresholds)])
        for currency, amount in sums.items()
    )


def figures(threshold: Threshold) -> tuple[Decimal, ...]:
    return (threshold,) if isinstance(threshold, Decimal) else tuple(threshold.values())
