"""The rest of the world, given: clock, chance, policies, calendars."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from relance.application.ports import NotFound
from relance.domain.policy import Policy
from relance.domain.working_days import WorkingCalendar


class MemoryClock:
    """Stands still until told otherwise."""

    def __init__(self, instant: datetime):
        self.set(instant)

    def now(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("an instant is an aware datetime")
        self._instant = instant

    def advance(self, by: timedelta) -> None:
        self._instant += by


class CountingRandomSource:
    """The same tokens in the same order for the same seed: for tests and the demo."""

    def __init__(self, seed: str = "relance"):
        self._seed = seed
        self._count = 0

    def token(self) -> str:
        self._count += 1
        return hashlib.sha256(f"{self._seed}/{self._count}".encode()).hexdigest()[:32]


class MemoryPolicies:
    def __init__(self, *policies: Policy):
        self._policies = {policy.name: policy for policy in policies}

    def get(self, name: str) -> Policy:
        if name not in self._policies:
            raise NotFound("unknown-policy", {"policy": name})
        return self._policies[name]


class MemoryCalendars:
    """A calendar per region; `default` for the others."""

    def __init__(
        self,
        calendars: Mapping[str, WorkingCalendar] | None = None,
        *,
        default: WorkingCalendar | None = None,
    ):
        self._calendars = dict(calendars or {})
        self._default = default or WorkingCalendar()

    def of(self, region: str) -> WorkingCalendar:
        return self._calendars.get(region, self._default)
