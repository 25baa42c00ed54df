"""How many messages are between two places: a demonstration waits until there are none."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Traffic:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._on_their_way: set[str] = set()
        self._handled_now = 0

    def accepted(self, message_id: str) -> None:
        with self._lock:
            self._on_their_way.add(message_id)

    def arrived(self, message_id: str) -> None:
        with self._lock:
            self._on_their_way.discard(message_id)

    @contextmanager
    def handling(self) -> Iterator[None]:
        with self._lock:
            self._handled_now += 1
        try:
            yield
        finally:
            with self._lock:
                self._handled_now -= 1

    @property
    def count(self) -> int:
        with self._lock:
            return len(self._on_their_way) + self._handled_now
