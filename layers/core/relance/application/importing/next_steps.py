"""What a report asks of its reader, and what will happen next. Codes: the words for people are in
the templates.
"""

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relance.application.importing.drop import Drop
from relance.application.worklists.done import REFUSED_ROW
from relance.domain.creditor import Creditor, Mode
from relance.domain.open_item import Settlement

if TYPE_CHECKING:
    from relance.application.importing.report import ImportReport

ANSWERS: dict[str, tuple[str, ...]] = {
    "columns-tied": ("balance:", "  mapping:", "    {field}: {seen}"),
    "date-order-tied": ("balance:", "  date_order: day-first  # month-first"),
    "debtor-column-not-found": ("balance:", "  mapping:", "    debtor_name: {seen}"),
    "decimal-mark-tied": ("balance:", '  decimal_mark: ","  # "."'),
    "header-not-found": (
        "balance:",
        "  header_row: 1",
        "  mapping:",
        "    debtor_name: A",
        "    number: B",
        "    due_date: C",
        "    open_amount: D",
    ),
    "header-row-not-found": ("balance:", "  header_row: 1"),
    "pinned-column-not-found": ("balance:", "  mapping:", "    {field}: {seen}"),
    "several-sheets": ("balance:", "  sheet: {seen}"),
    "sheet-not-found": ("balance:", "  sheet: {seen}"),
    "sign-unclear": ("balance:", "  owed_sign: negative  # positive"),
}
"""What `creditor.yaml` says so that a question is not asked again: the reader puts the right value.
A question that is not here is answered by another export.
"""
SHOWN = 80
"""Characters of a name that comes from the file."""
APPLIED = frozenset({"applied", "unchanged"})
_NO_ITEMS = frozenset({"creditor", "policy", "worklist"})
"""Kinds of drops after which no reminder is decided otherwise by the file alone."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to do. commands: to type, one of them; lines: to write in `creditor.yaml`."""

    code: str
    commands: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def asked(report: "ImportReport", drop: Drop) -> tuple[Ask, ...]:
    """Nothing, when the import can do without its reader."""
    found: list[Ask] = []
    if report.status == "suspicious":
        found.append(Ask("confirm-balance", commands=_decisions(drop)))
    elif report.status == "summary":
        found.append(Ask("drop-the-detail"))
    elif report.asks:
        found.append(_answer(report))
    elif report.status == "refused" and report.code != "balance-superseded":
        found.append(Ask("mend-file"))
    found += _rows_to_mend(report)
    return (*found, *_beside(report, drop))


def _beside(report: "ImportReport", drop: Drop) -> list[Ask]:
    """What a file that was taken in leaves to do."""
    found = []
    if report.mismatches or any(report.differences.values()):
        found.append(Ask("check-totals"))
    if report.to_release:
        found.append(Ask("release-old", commands=_releases(drop)))
    if report.code == "payment-details-pending":
        found.append(Ask("confirm-payment-details"))
    return found


def _rows_to_mend(report: "ImportReport") -> list[Ask]:
    if any(row.result == REFUSED_ROW for row in report.done):
        return [Ask("mend-worklist")]
    return [Ask("mend-rows")] if report.rejected and report.status != "refused" else []


def _decisions(drop: Drop) -> tuple[str, ...]:
    """The key of a drop is somebody else's text: quoted, so that a shell takes it as one word."""
    apply = shlex.join(["relance", "confirm-import", drop.creditor, drop.event.key])
    return (apply, f"{apply} --refuse --reason …")


def _releases(drop: Drop) -> tuple[str, ...]:
    """The list first, then all of it."""
    every = shlex.join(["relance", "release", drop.creditor])
    return (every, f"{every} --all --level level_1")


def _answer(report: "ImportReport") -> Ask:
    lines = ANSWERS.get(report.code or "")
    if lines is None:
        return Ask("export-otherwise")
    values = {"field": report.detail.get("field", "number"), "seen": _quoted(report.seen)}
    return Ask("answer-question", lines=tuple(line.format_map(values) for line in lines))


def _quoted(seen: tuple[str, ...]) -> str:
    """The first of the candidates as a YAML text."""
    first = " ".join(seen[0][:SHOWN].split()) if seen else ""
    shown = "".join(letter for letter in first if letter.isprintable()) or "…"
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def what_follows(report: "ImportReport", creditor: Creditor | None) -> tuple[str, ...]:
    """In the order in which it happens."""
    if report.status == "pending":
        return ("document-waits-for-its-item",)
    if report.kind == "policy" and report.status == "applied":
        return ("cases-looked-at-again",)
    if report.kind in _NO_ITEMS or report.status == "filed" or creditor is None:
        return ()
    if report.status == "suspicious":
        return ("nothing-leaves-until-confirmed",)
    if report.status == "summary":
        return ("summary-chases-nothing",)
    if report.status not in APPLIED:
        return ("last-balance-stays",)
    return (*_items_next(report), _reminders_next(creditor))


def _items_next(report: "ImportReport") -> tuple[str, ...]:
    causes = {one.cause for one in report.settled}
    found = {
        "payments-wait-for-balance": report.kind == "payments",
        "settled-until-confirmed": Settlement.UNKNOWN_CAUSE in causes,
        "covered-until-maturity": Settlement.COVERED in causes,
        "suspended-until-mended": bool(report.suspended),
    }
    return tuple(code for code, holds in found.items() if holds)


def _reminders_next(creditor: Creditor) -> str:
    if creditor.pause is not None:
        return "paused-nothing-leaves"
    if creditor.mode is Mode.OBSERVE:
        return "observed-nothing-leaves"
    return "decided-at-next-run"
