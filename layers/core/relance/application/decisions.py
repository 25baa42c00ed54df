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


class RowApplied(RelanceError):
    """The very row was applied before: nothing is done twice."""


def kept(
    read: Mapping[str, Case],
    changes: Sequence[CaseChange],
    *,
    cases: CaseStore,
    notices: NoticeStore,
    row: str | None,
) -> list[CaseChange]:
    """The changes, each decision among them with what was there before. read: every case as it was
    read, so that the version that the store checks is the one that this looked at. Raises
    RowApplied.
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
        _kept(change, Before(read[code], moved, versions), cases, row)
        for code, change in zip(debtors, changes, strict=True)
    ]


def _kept(change: CaseChange, before: Before, cases: CaseStore, row: str | None) -> CaseChange:
    entry = change.entry
    if entry is None or not is_decision(entry):
        return change
    if row is not None:
        if row_applied(cases.history(change.case.debtor.code), row):
            raise RowApplied("row-applied", {"row": row})
        entry = replace(entry, facts={**entry.facts, ROW: row})
    return replace(change, entry=entry, before=before)


def row_applied(history: Sequence[EvidenceEntry], row: str) -> bool:
    return any(entry.facts.get(ROW) == row for entry in history)
