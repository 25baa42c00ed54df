"""A worklist that came back: each row filled in is what its command would do (issue 4, item 9)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from relance.application.answers import Answered
from relance.application.arranging import answer_now
from relance.application.decisions import DROP, RowApplied
from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop
from relance.application.importing.refuse import refuse
from relance.application.importing.report import ImportReport, record
from relance.application.importing.tell import tell
from relance.application.ports import Conflict, LeaseTaken
from relance.application.worklists.applying import (
    RowOver,
    Worklist,
    applied_before,
    apply_row,
)
from relance.application.worklists.done import (
    ALREADY_ROW,
    APPLIED_ROW,
    OVER_ROW,
    REFUSED_ROW,
    DoneRow,
    Following,
)
from relance.application.worklists.rows import NO, YES, FilledRow, RowKind, WorklistFile
from relance.domain.balance_reading import RejectedRow
from relance.domain.creditor import Colleague, Creditor
from relance.domain.errors import RelanceError
from relance.domain.team import colleague_named

KIND = "worklist"


class WorklistNotTaken(RelanceError):
    """Nothing of the workbook is applied: the code says why."""


def import_worklist(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: WorklistFile
) -> ImportOutcome:
    """Row by row: a bad one is told with what to do, the others are applied. Raises Conflict: the
    queue brings the drop back, and what was applied is not applied again.
    """
    try:
        author = _author(creditor, file)
    except WorklistNotTaken as error:
        return refuse(doors, drop, error, kind=KIND)
    worklist = _worklist(doors, drop, creditor, file, author)
    done = [_refused(row) for row in file.rejected]
    done += [_done(worklist, row) for row in file.rows if row.reference.kind is not RowKind.CHECK]
    done += _stray_checks(file)
    # Answers wait while a drop of the creditor does: this one is over but for them.
    stopped = stop_waiting(doors.office.creditors, creditor.code, drop.event)
    done = _answered(doors, creditor, done)
    report = _report(file, sorted(done, key=lambda row: row.line))
    return tell(doors, drop, stopped, report, record(doors, drop, creditor, report))


def _author(creditor: Creditor, file: WorklistFile) -> Colleague:
    """Whoever filled it in is one of ours, and says so in the workbook. Raises WorklistNotTaken."""
    if file.creditor != creditor.code:
        raise WorklistNotTaken("worklist-of-another-creditor", {"creditor": creditor.code})
    if not file.author:
        raise WorklistNotTaken("worklist-author-missing")
    author = colleague_named(file.author, creditor.profile)
    if author is None:
        raise WorklistNotTaken("worklist-author-unknown")
    return author


def _worklist(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: WorklistFile, author: Colleague
) -> Worklist:
    return Worklist(
        doors.office,
        creditor.code,
        author,
        {DROP: drop.event.identity, "drop_sha256": drop.sha256},
        file.checks(YES),
        doors.postbox,
        file.checks(NO),
    )


def _done(worklist: Worklist, row: FilledRow) -> DoneRow:
    """An error of a row is its own; what must be tried again is the whole drop's."""
    mine = worklist.drop[DROP]
    done = DoneRow(
        row.line,
        row.reference.debtor,
        APPLIED_ROW,
        kind=str(row.reference.kind),
        outcome=row.outcome,
    )
    try:
        before = applied_before(worklist, row)
        if before is not None:
            return done if before == mine else replace(done, result=ALREADY_ROW, code="row-applied")
        return replace(done, next=apply_row(worklist, row))
    except (Conflict, LeaseTaken):
        raise
    except RowApplied:
        return replace(done, result=ALREADY_ROW, code="row-applied")
    except RelanceError as error:
        result = OVER_ROW if isinstance(error, RowOver) else REFUSED_ROW
        cell = error.detail.get("field", "outcome")
        return replace(done, result=result, code=error.code, detail=dict(error.detail), field=cell)


def _refused(row: RejectedRow) -> DoneRow:
    return DoneRow(
        row.line,
        row.debtor_code or "",
        REFUSED_ROW,
        code=row.reason,
        detail={"field": row.field or "", "value": row.value or ""},
        field=row.field,
        value=row.value,
    )


def _stray_checks(file: WorklistFile) -> list[DoneRow]:
    """Checks answered under a message about which nothing was decided."""
    decided = {r.reference.key for r in file.rows if r.reference.kind is RowKind.APPROVAL}
    return [
        DoneRow(
            row.line,
            row.reference.debtor,
            REFUSED_ROW,
            kind=str(RowKind.CHECK),
            outcome=row.outcome,
            code="row-check-alone",
            field="outcome",
        )
        for row in file.rows
        if row.reference.kind is RowKind.CHECK and row.reference.key not in decided
    ]


def _answered(doors: ImportDoors, creditor: Creditor, done: list[DoneRow]) -> list[DoneRow]:
    """What was agreed is written to the customers today, as the commands do: told with the first
    row of each.
    """
    if doors.postbox is None:
        return done
    written: dict[str, tuple[Following, ...]] = {}
    for row in done:
        if row.result == APPLIED_ROW and row.debtor_code not in written:
            found = answer_now(
                creditor.code, row.debtor_code, office=doors.office, postbox=doors.postbox
            )
            written[row.debtor_code] = tuple(map(_following, found))
    return [_with_answers(row, written) for row in done]


def _with_answers(row: DoneRow, written: dict[str, tuple[Following, ...]]) -> DoneRow:
    if row.result != APPLIED_ROW:
        return row
    return replace(row, next=(*row.next, *written.pop(row.debtor_code, ())))


def _following(answer: Answered) -> Following:
    if answer.planned_for is None:
        return Following(f"answer-held:{answer.reason}")
    return Following("answer-leaves", answer.planned_for)


def _report(file: WorklistFile, done: Iterable[DoneRow]) -> ImportReport:
    rows = tuple(done)
    counts: Mapping[str, int] = {
        result: sum(row.result == result for row in rows)
        for result in (APPLIED_ROW, ALREADY_ROW, OVER_ROW, REFUSED_ROW)
    }
    return ImportReport(
        status="applied" if counts[APPLIED_ROW] or counts[REFUSED_ROW] else "unchanged",
        kind=KIND,
        as_of=file.written_on,
        counts={
            "filled_rows": len(rows),
            "rows_applied": counts[APPLIED_ROW],
            "rows_already": counts[ALREADY_ROW],
            "rows_over": counts[OVER_ROW],
            "rejected": counts[REFUSED_ROW],
            "rows_empty": file.empty,
        },
        done=rows,
    )
