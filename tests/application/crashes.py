"""A process that dies at any call of any port."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Crash(BaseException):
    """The process dies: nothing of ours may catch it."""


@dataclass
class Crasher:
    """Counts calls of every port; dies at the chosen one, before it or once it is done."""

    at: int | None = None
    after: bool = False
    calls: list[str] = field(default_factory=list)

    def wrap(self, target: Any, label: str) -> Any:
        return _Wrapped(target, label, self)

    def call(self, label: str, act: Callable[[], Any]) -> Any:
        here = len(self.calls)
        self.calls.append(label)
        if here == self.at and not self.after:
            raise Crash(label)
        try:
            return act()
        finally:
            if here == self.at:
                raise Crash(label)


class AtCommit(Crasher):
    """Dies at the first commit of a case, before it or once it is done."""

    def call(self, label: str, act: Callable[[], object]) -> object:
        if label == "cases.commit" and self.at is None:
            self.at = len(self.calls)
        return super().call(label, act)


class _Wrapped:
    def __init__(self, target: Any, label: str, crasher: Crasher):
        self._target, self._label, self._crasher = target, label, crasher

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not callable(found):
            return found
        label = f"{self._label}.{name}"
        return lambda *args, **kwargs: self._crasher.call(label, lambda: found(*args, **kwargs))
