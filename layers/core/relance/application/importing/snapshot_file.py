"""The snapshot of a balance as gzip JSON lines: a header, then one line per debtor."""

import gzip
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from relance.application.ports import Files
from relance.domain.balance_reading import ReadParties
from relance.domain.creditor import Creditor
from relance.domain.open_item import (
    ItemFlag,
    ItemKey,
    ItemKind,
    OpenItem,
    PaymentMethod,
    Settlement,
)
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance, PartState

FORMAT = 1


def snapshot_key(creditor: str, import_seq: int) -> str:
    return f"snapshots/{creditor}/{import_seq}.jsonl.gz"


def load_snapshot(reports: Files, creditor: Creditor) -> BalanceSnapshot:
    """What the pointer of the creditor's row names; empty before the first balance."""
    key = creditor.balance.snapshot_key
    return decode_snapshot(reports.get(key)) if key else BalanceSnapshot()


def save_snapshot(reports: Files, creditor: str, snapshot: BalanceSnapshot) -> str:
    key = snapshot_key(creditor, snapshot.import_seq)
    reports.put(key, encode_snapshot(snapshot), content_type="application/gzip")
    return key


def encode_snapshot(snapshot: BalanceSnapshot) -> bytes:
    """The same bytes for the same snapshot."""
    lines = (json.dumps(line, ensure_ascii=False, default=str) for line in _lines(snapshot))
    return gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=6, mtime=0)


def decode_snapshot(content: bytes) -> BalanceSnapshot:
    head, *lines = gzip.decompress(content).decode().splitlines()
    header = json.loads(head)
    debtors = (json.loads(line) for line in lines)
    received = header["received_at"]
    return BalanceSnapshot(
        import_seq=header["import_seq"],
        as_of=_date(header["as_of"]),
        sha256=header["sha256"],
        received_at=datetime.fromisoformat(received) if received else None,
        debtors={one["code"]: _debtor(one) for one in debtors},
        parts={name: _part(values) for name, values in header.get("parts", {}).items()},
    )


def _lines(snapshot: BalanceSnapshot) -> Iterator[dict[str, Any]]:
    received = snapshot.received_at
    yield {
        "format": FORMAT,
        "import_seq": snapshot.import_seq,
        "as_of": snapshot.as_of,
        "sha256": snapshot.sha256,
        "received_at": received.isoformat() if received else None,
        **({"parts": _parts(snapshot)} if snapshot.parts else {}),
    }
    for code, debtor in snapshot.debtors.items():
        items = [_item_values(item) for item in debtor.items.values()]
        named = {} if debtor.parties is None else {"parties": _parties(debtor.parties)}
        yield {"code": code, "name": debtor.name, **named, "items": items}


def _parts(snapshot: BalanceSnapshot) -> dict[str, dict[str, str]]:
    return {
        name: {
            "dated": part.dated.isoformat(),
            "sha256": part.sha256,
            "received_at": part.received_at.isoformat(),
        }
        for name, part in snapshot.parts.items()
    }


def _part(values: dict[str, str]) -> PartState:
    return PartState(
        dated=date.fromisoformat(values["dated"]),
        sha256=values["sha256"],
        received_at=datetime.fromisoformat(values["received_at"]),
    )


def _parties(parties: ReadParties) -> dict[str, str]:
    named = {name: getattr(parties, name) for name in ReadParties.__slots__}
    return {name: value for name, value in named.items() if value is not None}


def _item_values(item: OpenItem) -> dict[str, Any]:
    """Fields that say nothing are left out: they are most of a large snapshot."""
    values = {name: getattr(item, name) for name in OpenItem.__slots__}
    return {name: value for name, value in values.items() if value is not None}


def _debtor(values: dict[str, Any]) -> DebtorBalance:
    items = [_item(one) for one in values["items"]]
    parties = ReadParties(**values["parties"]) if "parties" in values else None
    return DebtorBalance(values["name"], {item.key: item for item in items}, parties)


def _item(values: dict[str, Any]) -> OpenItem:
    settlement, flag = values.get("settlement"), values.get("flag")
    method = values.get("payment_method")
    return OpenItem(
        key=ItemKey(values["key"]),
        number=values["number"],
        kind=ItemKind(values["kind"]),
        issue_date=_date(values.get("issue_date")),
        due_date=_date(values.get("due_date")),
        amount=Decimal(values["amount"]),
        open_amount=Decimal(values["open_amount"]),
        currency=values["currency"],
        order_number=values.get("order_number"),
        credits_number=values.get("credits_number"),
        settlement=Settlement(settlement) if settlement else None,
        settled_on=_date(values.get("settled_on")),
        payment_method=PaymentMethod(method) if method else None,
        flag=ItemFlag(flag) if flag else None,
        account=values.get("account"),
        part=values.get("part"),
        reminder_level=values.get("reminder_level"),
        reminded_on=_date(values.get("reminded_on")),
        insurer=values.get("insurer"),
        factor=values.get("factor"),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
