"""What an import works with, and what it answers."""

from dataclasses import dataclass, field

from relance.application.answers import Postbox
from relance.application.office import Office
from relance.application.ports import (
    DropReader,
    EvidenceObjects,
    Files,
    Mailer,
    ReportRenderer,
    StaffRenderer,
)


@dataclass(frozen=True, slots=True)
class ImportDoors:
    """drops: the bucket that people write to; reports: another one, for reports, quarantine and
    snapshots; objects: under Object Lock, for documents.
    """

    office: Office
    drops: Files
    reports: Files
    objects: EvidenceObjects
    reader: DropReader
    renderer: StaffRenderer
    mailer: Mailer
    pages: ReportRenderer
    postbox: Postbox | None = None
    """None: what is to be written to customers waits for the next run."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """status: applied, unchanged, refused, suspicious, filed or pending (a document), or ignored (a
    folder); again: this drop had
    been imported before, nothing was done; mail: "sent" or why there is none.
    """

    status: str
    creditor: str | None = None
    code: str | None = None
    import_seq: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    report_key: str | None = None
    again: bool = False
    mail: str | None = None
