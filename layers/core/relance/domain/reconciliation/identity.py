"""Who is who from one balance to the next (design §6).

An item is (debtor code, else normalised name; number; kind; rank among its lines by due date), an
unmatched payment, or a piece without a number, (debtor, kind, date, amount, rank).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from relance.domain.balance_reading import ReadItem
from relance.domain.open_item import ItemKey, ItemKind, OpenItem

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SPACES = re.compile(r"\s+")
NAME_PREFIX = "name:"
"""Starts the code of a debtor that the accounts give no code: no real code is taken for it."""


def normalised_name(name: str) -> str:
    """No case, accents or punctuation: "SARL Dupont & Fils" and "Sarl DUPONT ET FILS" are one."""
    text = unicodedata.normalize("NFKD", name.replace("&", " et ").lower())
    return _NOT_WORD.sub("-", text.encode("ascii", "ignore").decode()).strip("-") or name.strip()


def debtor_key(code: str | None, name: str | None) -> str | None:
    """The debtor's code, else one made of its name; None when the row shows neither."""
    if code and code.strip():
        return code.strip()
    return f"{NAME_PREFIX}{normalised_name(name)}" if name and name.strip() else None


def number_part(number: str) -> str:
    """A number fit for a key: no spaces, and no separator of ours."""
    return _SPACES.sub("_", number.strip()).replace("|", "/")


def identify(
    lines: Sequence[ReadItem],
    known: dict[ItemKey, OpenItem],
    elsewhere: Collection[ItemKey] = (),
) -> list[tuple[ItemKey, ReadItem]]:
    """The keys of one debtor's lines; known: its items in the last balance; elsewhere: those of
    parts that the file does not hold, which a line is only if it is the same piece.

    An item keeps its rank when another line of its number is paid: the line with its due date is
    the same item, whatever its place among those that are left.
    """
    by_stem: dict[str, list[ReadItem]] = {}
    for line in lines:
        by_stem.setdefault(_stem(line), []).append(line)
    earlier: dict[str, dict[int, OpenItem]] = {}
    for key, item in known.items():
        stem, _, rank = key.rpartition("|")
        earlier.setdefault(stem, {})[int(rank)] = item
    found = []
    for stem, group in by_stem.items():
        ranked = _ranked(group, _not_elsewhere(group, earlier.get(stem, {}), elsewhere))
        found += [(ItemKey(f"{stem}|{place}"), line) for place, line in ranked]
    return found


def _stem(line: ReadItem) -> str:
    if line.number and line.number.strip() and line.kind is not ItemKind.PAYMENT:
        return f"{number_part(line.number)}|{line.kind}"
    day = line.issue_date or line.due_date
    return f"{line.kind}|{day.isoformat() if day else 'undated'}|{line.amount.normalize():f}"


def _not_elsewhere(
    lines: list[ReadItem], known: dict[int, OpenItem], elsewhere: Collection[ItemKey]
) -> dict[int, OpenItem | None]:
    """None: a rank that is taken, by an item that none of the lines is."""
    if not elsewhere:
        return dict(known)
    return {
        rank: None
        if item.key in elsewhere and not any(_same_piece(line, item) for line in lines)
        else item
        for rank, item in known.items()
    }


def _ranked(lines: list[ReadItem], taken: dict[int, OpenItem | None]) -> list[tuple[int, ReadItem]]:
    known = {rank: item for rank, item in taken.items() if item is not None}
    highest = max(taken, default=0)
    if len(lines) == 1 and len(known) <= 1:
        return [(next(iter(known), highest + 1), lines[0])]
    rest = sorted(lines, key=lambda line: (_due(line), line.line))
    ranks = sorted(known, key=lambda rank: (_due(known[rank]), rank))
    found: list[tuple[int, ReadItem]] = []
    for same in (_same_facts, _same_piece, _same_due):
        for line in list(rest):
            rank = next((r for r in ranks if same(line, known[r])), None)
            if rank is not None:
                found.append((rank, line))
                rest.remove(line)
                ranks.remove(rank)
    return found + _in_order(rest, ranks, highest)


def _in_order(rest: list[ReadItem], ranks: list[int], highest: int) -> list[tuple[int, ReadItem]]:
    """Lines with new dates: the latest ones first take the ranks left, as the oldest are paid."""
    taken = ranks[max(0, len(ranks) - len(rest)) :]
    fresh = range(highest + 1, highest + 1 + len(rest) - len(taken))
    return list(zip([*taken, *fresh], rest, strict=True))


def _same_facts(line: ReadItem, item: OpenItem) -> bool:
    """First of all, so that an export sorted otherwise moves nothing."""
    return open_item(item.key, line, item.part) == item


def _same_piece(line: ReadItem, item: OpenItem) -> bool:
    same_money = line.amount == item.amount and line.currency == item.currency
    return same_money and _same_due(line, item)


def _same_due(line: ReadItem, item: OpenItem) -> bool:
    return line.due_date == item.due_date


def _due(line: ReadItem | OpenItem) -> date:
    return line.due_date or date.max


def open_item(key: ItemKey, line: ReadItem, part: str | None = None) -> OpenItem:
    return OpenItem(
        key=key,
        number=(line.number or "").strip(),
        kind=line.kind,
        issue_date=line.issue_date,
        due_date=line.due_date,
        amount=line.amount,
        open_amount=line.open_amount,
        currency=line.currency,
        order_number=line.order_number,
        credits_number=line.credits_number,
        payment_method=line.payment_method,
        flag=line.flag,
        account=line.account,
        part=part,
        reminder_level=line.reminder_level,
        reminded_on=line.reminded_on,
        insurer=line.insurer,
        factor=line.factor,
    )


def by_debtor(lines: Iterable[ReadItem]) -> dict[str, list[ReadItem]]:
    """Lines grouped by debtor; those that show no debtor are left out (see `orphans`)."""
    groups: dict[str, list[ReadItem]] = {}
    for line in lines:
        code = debtor_key(line.debtor_code, line.debtor_name)
        if code is not None:
            groups.setdefault(code, []).append(line)
    return groups
