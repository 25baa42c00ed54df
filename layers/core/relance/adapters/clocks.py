"""The only places that know what time it is."""

from datetime import UTC, datetime

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.table import Table
from relance.application.ports import NotFound


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SimulatedClock:
    """A row of the table says what time it is: the demo lives 75 days in two minutes."""

    def __init__(self, table: Table):
        self._table = table

    def now(self) -> datetime:
        """Raises NotFound until `set` was called: a demo must not run on the real time."""
        row = self._table.get(keys.CLOCK, keys.CLOCK)
        if row is None:
            raise NotFound("simulated-clock-not-set")
        return datetime.fromisoformat(row.text)

    def set(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("an instant is an aware datetime")
        self._table.rows(keys.CLOCK, keys.CLOCK).holding(keys.instant(instant)).save()
