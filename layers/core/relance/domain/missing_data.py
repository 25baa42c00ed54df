"""Data that a customer will ask for, or that a reminder cannot leave without: named before it is
late, as tokens of a task's detail ("email", "due-date=FA-1|invoice|1"). Pure.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from relance.domain.debtor import Debtor
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.task import Task, TaskKind


class Data(StrEnum):
    EMAIL = "email"
    ADDRESS = "address"
    DUE_DATE = "due-date"
    ORDER_NUMBER = "order-number"


LISTED = 40
"""Tokens that one task names: a row has a size, and a person a day."""


def of_item(data: Data, key: ItemKey) -> str:
    return f"{data}={key}"


def item_of(token: str) -> ItemKey | None:
    """None: it is about the debtor."""
    _, separator, key = token.partition("=")
    return ItemKey(key) if separator else None


def data_of(token: str) -> Data:
    return Data(token.partition("=")[0])


def reason_of(tokens: Iterable[str]) -> str:
    """ "missing-email" when one kind of data is missing, "missing-data" for several."""
    kinds = {data_of(token) for token in tokens}
    return f"missing-{kinds.pop()}" if len(kinds) == 1 else "missing-data"


def still_missing(
    tokens: Iterable[str],
    debtor: Debtor,
    items: dict[ItemKey, OpenItem],
    payer: Debtor | None = None,
) -> tuple[str, ...]:
    """Those that neither the debtor's card nor its items have answered; a settled item needs
    nothing any more, and a debtor is written to where its payer is.
    """
    return tuple(token for token in tokens if not _is_known(token, debtor, items, payer))


def seeks_email(task: Task) -> bool:
    """Whether somebody is already asked for an address that works."""
    named = task.kind is TaskKind.COMPLETE_DATA and Data.EMAIL in (task.detail or "").split()
    return named or task.kind is TaskKind.FIND_CONTACT


def left_of(
    task: Task, debtor: Debtor, items: dict[ItemKey, OpenItem], payer: Debtor | None = None
) -> Task | None:
    """A task of missing data with what is left of it, None once all is there; others unchanged.
    payer: None when it has none, or when nothing is known of it.
    """
    if task.kind is not TaskKind.COMPLETE_DATA or not task.detail:
        return task
    left = still_missing(task.detail.split(), debtor, items, payer)
    return replace(task, detail=" ".join(left)) if left else None


def _is_known(
    token: str, debtor: Debtor, items: dict[ItemKey, OpenItem], payer: Debtor | None
) -> bool:
    data, key = data_of(token), item_of(token)
    if key is None:
        return can_be_mailed(debtor, payer) if data is Data.EMAIL else has_address(debtor)
    item = items.get(key)
    if item is None or not item.is_open:
        return True
    known = item.due_date if data is Data.DUE_DATE else item.order_number
    return known is not None


def can_be_mailed(debtor: Debtor, payer: Debtor | None) -> bool:
    """At an address that works, of its own or of the one who pays."""
    people = (*debtor.contacts, *(payer.contacts if payer else ()))
    return any(one.email and one.unreachable is None for one in people)


def has_address(debtor: Debtor) -> bool:
    return debtor.address is not None and debtor.address.problem(debtor.name) is None
