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


class At(Crasher):
    """Dies at the first call of that name, before it or once it is done."""

    def __init__(self, label: str, *, after: bool = False):
        super().__init__(after=after)
        self.label = label

    def call(self, label: str, act: Callable[[], object]) -> object:
        if label == self.label and self.at is None:
            self.at = len(self.calls)
        return super().call(label, act)


class AtCommit(At):
    """At the first commit of a case."""

    def __init__(self, *, after: bool = False):
        super().__init__("cases.commit", after=after)


class Before(Crasher):
    """Somebody else acts just before the first call of that name; nobody dies."""

    def __init__(self, label: str, meanwhile: Callable[[], object]):
        super().__init__()
        self.label, self.meanwhile = label, meanwhile

    def call(self, label: str, act: Callable[[], object]) -> object:
        if label == self.label and label not in self.calls:
            self.meanwhile()
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
