"""What is kept of each decision of a person: what was there before, and the row it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relance.application.ports import CaseChange, CaseStore, NoticeStore
from relance.domain.case import Case
from relance.domain.decided import Before, is_decision
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceEntry

ROW = "worklist_row"
"""The fact that names the row of a worklist: a row is applied once, whatever is dropped again."""
DROP = "drop"


class RowApplied(RelanceError):
    """The very row was applied before: nothing is done twice. detail `drop`: by which drop."""


def kept(
    read: Mapping[str, Case],
    changes: Sequence[CaseChange],
    *,
    cases: CaseStore,
    notices: NoticeStore,
    stamp: Mapping[str, str] | None,
) -> list[CaseChange]:
    """The changes, each decision among them with what was there before. read: every case as it was
    read, so that the version that the store checks is the one that this looked at; stamp: facts of
    each decision, the row that it comes from among them. Raises RowApplied.
    """
    if not any(is_decision(change.entry) for change in changes):
        return list(changes)
    moved = tuple(
        notices.get(one.notice.id)
        for change in changes
        for one in change.notices
        if one.expected is not None
    )
    debtors = [change.case.debtor.code for change in changes]
    versions = {code: read[code].version for code in debtors}
    return [
        _kept(change, Before(read[code], moved, versions), cases, stamp)
        for code, change in zip(debtors, changes, strict=True)
    ]


def _kept(
    change: CaseChange, before: Before, cases: CaseStore, stamp: Mapping[str, str] | None
) -> CaseChange:
    entry = change.entry
    if entry is None or not is_decision(entry):
        return change
    if stamp:
        drop = row_applied_by(cases.history(change.case.debtor.code), stamp[ROW])
        if drop is not None:
            raise RowApplied("row-applied", {DROP: drop})
        entry = replace(entry, facts={**entry.facts, **stamp})
    return replace(change, entry=entry, before=before)


def row_applied_by(history: Sequence[EvidenceEntry], row: str) -> str | None:
    """The drop that applied this row. One that was taken back since counts too: a workbook dropped
    again with more rows must not bring back what somebody undid.
    """
    found = (entry.facts.get(DROP, "") for entry in history if entry.facts.get(ROW) == row)
    return next(found, None)
