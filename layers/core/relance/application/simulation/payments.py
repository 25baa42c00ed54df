"""When customers pay, in a simulation: nobody, as a file says, or as a made-up trade does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from relance.domain.debtor import Debtor
from relance.domain.open_item import OpenItem


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received for one item; the balance of the next morning shows it. amount None: all of
    what is left.
    """

    on: date
    amount: Decimal | None = None


PaymentModel = Callable[[Debtor, OpenItem], tuple[Payment, ...]]
"""Asked once for each item, whatever is written: it makes no message look useful."""

_HABITS = ((45, -3, 4), (30, 5, 20), (17, 20, 50), (6, 50, 90))
"""(customers in a hundred, fewest days late, most): the others never pay. Made up: plausible, and
measured nowhere."""
_SPREAD = 5
_PARTLY = 5
"""Items in a hundred that are paid in two halves, a fortnight apart."""
_CENT = Decimal("0.01")


def never(debtor: Debtor, item: OpenItem) -> tuple[Payment, ...]:  # noqa: ARG001 - a model
    return ()


def typical(seed: int = 1) -> PaymentModel:
    """Each customer has its habit, each item its chance: the same ones for the same seed, whatever
    else is in the file.
    """

    def pays(debtor: Debtor, item: OpenItem) -> tuple[Payment, ...]:
        habit = _habit(Random(f"{seed}/{debtor.code}"))  # noqa: S311 - a simulation
        if habit is None or item.due_date is None:
            return ()
        chance = Random(f"{seed}/{debtor.code}/{item.key}")  # noqa: S311
        late = habit + chance.randint(-_SPREAD, _SPREAD)
        day = item.due_date + timedelta(days=late)
        if chance.randrange(100) >= _PARTLY:
            return (Payment(day),)
        half = (item.open_amount / 2).quantize(_CENT, ROUND_HALF_UP)
        return (Payment(day, half), Payment(day + timedelta(days=14)))

    return pays


def _habit(random: Random) -> int | None:
    drawn = random.randrange(100)
    for share, fewest, most in _HABITS:
        if drawn < share:
            return random.randint(fewest, most)
        drawn -= share
    return None


def listed(payments: Mapping[str, tuple[Payment, ...]]) -> PaymentModel:
    """payments: by document number."""

    def pays(debtor: Debtor, item: OpenItem) -> tuple[Payment, ...]:  # noqa: ARG001 - a model
        return payments.get(item.number, ())

    return pays
