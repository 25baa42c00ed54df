"""One that fails keeps no other waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from relance.domain.errors import RelanceError

T = TypeVar("T")


def one_by_one(
    things: Iterable[T], do: Callable[[T], object], *, name: Callable[[T], str] = str
) -> None:
    """Do it for each, whatever the others raise. Then raises one of the errors, so that the queue
    brings the work back and the alarm rings: a bug before what somebody can act on. name: what the
    log may call a thing, nothing personal.
    """
    failed: list[Exception] = []
    for thing in things:
        try:
            do(thing)
        except Exception as error:  # noqa: BLE001 - whatever it is: kept, and raised below
            error.add_note(f"while handling {name(thing)}")
            failed.append(error)
    if not failed:
        return
    first = next((e for e in failed if not isinstance(e, RelanceError)), failed[0])
    if len(failed) > 1:
        first.add_note(f"and {len(failed) - 1} more failed")
    raise first
