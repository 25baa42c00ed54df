"""Faults at every port call: a proxy counts the calls and lets one of them go wrong.

A new port call adds a fault point by itself: nothing here lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Any


class Crash(BaseException):
    """The process dies here: nothing may catch it."""


@dataclass
class Faults:
    """What goes wrong. at: the number of the call, from 0; None counts only.

    before, after: run around that call (raise Crash, or let another message in).
    """

    at: int | None = None
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    calls: list[str] = field(default_factory=list)

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        here = len(self.calls)
        self.calls.append(name)
        if here == self.at and self.before is not None:
            self.before()
        answer = call()
        if here == self.at and self.after is not None:
            self.after()
        return answer


class Port:
    """Stands for a collaborator: every method call is a fault point."""

    def __init__(self, target: object, name: str, faults: Faults) -> None:
        self._target, self._name, self._faults = target, name, faults

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._target, attribute)
        if not callable(value):
            return value
        name = f"{self._name}.{attribute}"

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._faults.around(name, lambda: value(*args, **kwargs))

        return call


class StoresPort:
    """`of` is no access: what it opens is wrapped."""

    def __init__(self, target: Any, faults: Faults) -> None:
        self._target, self._faults = target, faults

    def of(self, creditor: str) -> Any:
        opened = self._target.of(creditor)
        assert is_dataclass(opened)
        wrapped = {
            name: Port(getattr(opened, name), name, self._faults)
            for name in ("cases", "notices", "replies", "imports")
        }
        return replace(opened, **wrapped)  # type: ignore[type-var]


def crash() -> None:
    raise Crash
