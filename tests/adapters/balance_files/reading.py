"""Read a text the way the tests write it."""

import pytest

from relance.adapters.balance_files import BalanceHints, BalanceQuestion, read_balance
from relance.domain.balance_reading import BalanceReading


def read(text: str, hints: BalanceHints | None = None) -> BalanceReading:
    reading = read_balance(text.encode(), name="b.csv", hints=hints or BalanceHints())
    assert reading.rows == len(text.splitlines())
    return reading


def asked(text: str, hints: BalanceHints | None = None) -> BalanceQuestion:
    with pytest.raises(BalanceQuestion) as caught:
        read(text, hints)
    return caught.value


def differences(reading: BalanceReading) -> list[tuple[str, str | None, str, str]]:
    return [(one.code, one.scope, str(one.printed), str(one.read)) for one in reading.differences]
