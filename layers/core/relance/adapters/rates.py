"""The dated rates of late-payment penalties, from the data file shipped with the package."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

from relance.domain.penalties import HalfYear, LatePaymentRates

SHIPPED = Path(__file__).parent.parent / "data" / "late_payment_rates.yaml"


@lru_cache(maxsize=4)
def late_payment_rates(path: Path = SHIPPED) -> LatePaymentRates:
    """Amounts and rates are quoted in the file, so that none passes through a float."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    percent = {_half_year(row["half_year"]): Decimal(row["b2b"]) for row in content["half_years"]}
    latest = max(content["fixed_indemnity"], key=_in_force_from)
    return LatePaymentRates(percent, Decimal(latest["amount"]), latest["currency"])


def _half_year(text: str) -> HalfYear:
    year, half = text.split("-H")
    return HalfYear(int(year), int(half))


def _in_force_from(row: dict[str, date]) -> date:
    return row["from"]
