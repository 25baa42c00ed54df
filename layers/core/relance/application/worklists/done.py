"""What became of a row of a worklist that came back."""

from dataclasses import dataclass, field
from datetime import date

APPLIED_ROW, ALREADY_ROW, OVER_ROW, REFUSED_ROW = "applied", "already", "over", "refused"


@dataclass(frozen=True, slots=True)
class Following:
    """What happens next: a code, with its day when it has one."""

    code: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class DoneRow:
    """result: applied, already (by an earlier drop), over (there was nothing left to decide) or
    refused; code, detail: of the error, or why it is over; field, value: the cell to mend.
    """

    line: int
    debtor_code: str
    result: str
    kind: str | None = None
    outcome: str | None = None
    code: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    field: str | None = None
    value: str | None = None
    next: tuple[Following, ...] = ()
