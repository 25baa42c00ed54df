"""The doors of the application: every collaborator a use case may be given.

Adapters raise the exceptions of this module and no other of their own. The families say what to
do next: `Conflict` reload and decide again, `SendRefused` give up, `SendThrottled` try later,
`SendOutcomeUnknown` ask a person.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from relance.application.call_script import CallScript
from relance.application.drop_contents import DocumentFile, PaymentsFile, PolicyFile
from relance.application.run_records import MorningMail, RunNote, RunProgress
from relance.application.worklists.rows import DayWorklist, WorklistFile
from relance.domain.balance_reading import BalanceReading, RejectedRow
from relance.domain.case import Case
from relance.domain.creditor import Creditor, CreditorProfile, PaymentDetails
from relance.domain.debtor import Contact, FlagKind, PayerProfile
from relance.domain.decided import Before, Decided
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceDraft, EvidenceEntry, ObjectRef
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import NoticeContent, OutgoingMail, RenderedLetter
from relance.domain.open_item import ItemKey, OpenItem, PaymentMethod
from relance.domain.payment_history import PaymentHistory
from relance.domain.policy import Channel, Policy
from relance.domain.postal_address import PostalAddress
from relance.domain.reply import ReadReply
from relance.domain.working_days import WorkingCalendar

# ---------------------------------------------------------------- errors by next action


class Conflict(RelanceError):
    """Somebody else wrote first: reload and decide again."""


class NotFound(RelanceError):
    """No such creditor, case, notice or reply."""


class SendRefused(RelanceError):
    """The provider refused it: nothing left, and trying again will not help."""


class SendNotAttempted(RelanceError):
    """The request never reached the provider: nothing left, try again."""


class SendThrottled(RelanceError):
    """The provider is busy: nothing left, try again later."""


class SendOutcomeUnknown(RelanceError):
    """A time-out or a server error after the request: it may have left. A person decides."""


class LetterNotRendered(RelanceError):
    """The letter cannot be made: an asset is missing or the address is refused."""


@dataclass(eq=False)
class LeaseTaken(RelanceError):
    """This drop cannot be imported now, and may be in `again_in`: another import of the creditor
    is running, or this one stopped in time and goes on where it was.
    """

    again_in: timedelta = timedelta()


# ---------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply filed to a case, or left in triage (debtor None); companions: the other debtors whose
    cases have it too, when it answers a notice that they share.
    """

    id: str
    creditor: str
    debtor: str | None
    received_at: datetime
    kind: str
    raw: ObjectRef
    visible_text: str
    sender: str | None
    subject: str
    matched_by: str
    """"token", "references", "sender", or "triage" with the reason in `reason`."""
    verdicts: dict[str, str]
    reason: str | None = None
    forwarded_at: datetime | None = None
    seen_by: str | None = None
    seen_at: datetime | None = None
    companions: tuple[str, ...] = ()

    @property
    def debtors(self) -> tuple[str, ...]:
        """Every debtor whose case has it."""
        return () if self.debtor is None else (self.debtor, *self.companions)


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One drop: what came of it. status: applied, unchanged, refused, suspicious; of a document
    filed, or pending while it names nothing; ended_at: when it was over, which may be long after it
    was received.
    """

    drop_key: str
    drop_version: str | None
    sha256: str
    import_seq: int
    status: str
    received_at: datetime
    counts: dict[str, int]
    report_key: str | None = None
    code: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeChange:
    """A notice to write with a case. expected None: it must not exist yet."""

    notice: Notice
    expected: NoticeStatus | None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One transaction: the case, what proves it, and what belongs to it; all or nothing.

    case: the new value, its `version` and `chain` still those that were read (the store checks
    them, then raises both); entry: None only when nothing happened to the case but its place in
    the agenda; items: facts to put, written by imports only, ignored when a higher import_seq
    wrote them; gone: keys of items to keep no longer, likewise.
    """

    case: Case
    entry: EvidenceDraft | None
    items: tuple[OpenItem, ...] = ()
    gone: tuple[ItemKey, ...] = ()
    import_seq: int | None = None
    notices: tuple[NoticeChange, ...] = ()
    reply: StoredReply | None = None
    creditor_version: int | None = None
    """When set, the creditor's row must still have this version: nothing was paused, imported or
    reconfigured since it was read."""
    payments: PaymentHistory | None = None
    """When set, what is kept from now on of how the debtor paid."""
    before: Before | None = None
    """When set, a person decided this: what is kept to take it back, in place of what was."""


# ---------------------------------------------------------------- stores


class CreditorStore(Protocol):
    """All creditors of the deployment."""

    def codes(self) -> tuple[str, ...]: ...

    def get(self, code: str) -> Creditor:
        """Read consistently. Raises NotFound."""

    def save(self, creditor: Creditor, entry: EvidenceDraft | None = None) -> Creditor:
        """Write if the stored version is still `creditor.version` (0: none), with what proves it
        in the same transaction. Raises Conflict.

        Returns the creditor with its new version and chain.
        """

    def dispatch(self, creditor: Creditor, notices: Sequence[Notice]) -> Creditor:
        """Write the creditor as `save` does, and with it these notices, each still planned, all or
        nothing: what is counted is what is let out. At most DISPATCHED_AT_ONCE. Raises Conflict.

        A creditor that is as stored is not written: whatever is being sent is not disturbed.
        """

    def history(self, code: str) -> tuple[EvidenceEntry, ...]:
        """What was decided about the whole creditor, oldest first."""


class CaseStore(Protocol):
    """The cases of one creditor."""

    def load(self, debtor: str, creditor: Creditor) -> Case | None:
        """State only, never history, in one consistent Query. The case carries the facts of the
        creditor that the caller read (`facts_of`) and the debtors it pays for, not its payer.
        """

    def commit(self, change: CaseChange) -> Case:
        """Write all or nothing. Raises Conflict when the case changed since it was read.

        Returns the case as stored (version and chain head raised).
        """

    def commit_all(self, changes: Sequence[CaseChange]) -> tuple[Case, ...]:
        """Several cases in one transaction, all or nothing, each once. A notice or a reply is in
        one of the changes, and every debtor it is about must have its own.
        """

    def paid_by(self, payer: str) -> tuple[str, ...]:
        """Codes of the debtors that declare this payer, sorted."""

    def of_siren(self, siren: str) -> tuple[str, ...]:
        """Codes of the debtors of one legal entity, sorted."""

    def of_address(self, address: str) -> tuple[str, ...]:
        """Codes of the debtors that have a contact at this e-mail address, sorted."""

    def to_call(self) -> tuple[str, ...]:
        """Codes of the debtors with an open call, sorted."""

    def dated(self, first: date, last: date) -> tuple[str, ...]:
        """Codes of the debtors with a date for people from first to last, sorted: see
        `escalation/watching.py`.
        """

    def due(self, until: date, *, page_size: int) -> Iterable[tuple[str, ...]]:
        """Pages of debtor codes whose agenda date is on or before `until`."""

    def debtors(self) -> tuple[str, ...]:
        """Every debtor code, for commands and reports; never on a hot path."""

    def debtors_after(self, debtor: str, *, limit: int) -> tuple[str, ...]:
        """At most so many codes after that one, in the store's own order; "" for the first ones.
        Fewer than the limit: there are no more.
        """

    def history(self, debtor: str) -> tuple[EvidenceEntry, ...]:
        """The evidence of a case, oldest first."""

    def to_read(self) -> tuple[str, ...]:
        """Codes of the debtors with a reply nobody has read, or an arrangement that waits for its
        approval, sorted.
        """

    def decided(self, debtor: str, creditor: Creditor) -> Decided | None:
        """The last decision of a person on a case, and what was there before it (without items).
        What was kept of a decision whose transaction failed in the end names an entry that is not
        there. Never read to decide.
        """

    def payments(self, debtor: str) -> PaymentHistory:
        """How a debtor has paid, read consistently; empty when nothing of it was settled. Never
        read to decide.
        """


class NoticeStore(Protocol):
    """The notices of one creditor. They are written with their case, by `CaseStore.commit`."""

    def get(self, notice_id: str) -> Notice:
        """Read consistently. Raises NotFound."""

    def live(self, *, before: datetime) -> tuple[Notice, ...]:
        """Live notices last changed before that instant, oldest first."""

    def ended(self, *, since: datetime) -> tuple[Notice, ...]:
        """Notices that are live no more, last changed at that instant or later, oldest first."""

    def of_case(self, debtor: str) -> tuple[Notice, ...]: ...


class ReplyStore(Protocol):
    """The replies of one creditor."""

    def get(self, reply_id: str) -> StoredReply: ...

    def save_triage(self, reply: StoredReply) -> bool:
        """Keep a reply that matches no case. False when it was there already."""

    def mark_forwarded(self, reply_id: str, at: datetime) -> None: ...

    def mark_seen(self, reply_id: str, by: str, at: datetime) -> None: ...

    def mark_unread(self, reply_id: str) -> None:
        """Nobody has seen it after all."""

    def of_case(self, debtor: str) -> tuple[StoredReply, ...]: ...

    def triage(self) -> tuple[StoredReply, ...]: ...


class ImportStore(Protocol):
    """The import records of one creditor."""

    def add(self, record: ImportRecord) -> None: ...

    def find(self, sha256: str) -> ImportRecord | None:
        """The last record of a file with these bytes."""

    def recent(self, count: int) -> tuple[ImportRecord, ...]:
        """By their number, the highest first: what has none comes last, if at all."""

    def unnumbered(self, *, since: datetime) -> tuple[ImportRecord, ...]:
        """Of number 0, received since then: what was refused is among them. Newest first."""


class RunStore(Protocol):
    """The daily runs of one creditor, kept for some weeks."""

    def expect(self, day: date, pages: frozenset[str]) -> RunProgress:
        """All pages of the day are queued: these, and those that an earlier start had queued."""

    def finish(self, day: date, page: str, notes: Sequence[RunNote]) -> RunProgress:
        """A page is decided. Again changes nothing but its notes."""

    def progress(self, day: date) -> RunProgress:
        """Read consistently."""

    def notes(self, day: date) -> tuple[RunNote, ...]:
        """Of all pages decided so far."""

    def mail(self, recipient: str) -> MorningMail | None:
        """Read consistently; None: never written to."""

    def save_mail(self, mail: MorningMail) -> MorningMail:
        """Write if the stored version is still `mail.version` (0: none). Raises Conflict.

        Returns it with its new version.
        """


@dataclass(frozen=True, slots=True)
class CreditorStores:
    """Everything stored of one creditor: no other creditor can be reached through it."""

    cases: CaseStore
    notices: NoticeStore
    replies: ReplyStore
    imports: ImportStore
    runs: RunStore


class Stores(Protocol):
    def of(self, creditor: str) -> CreditorStores: ...


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """Which case a token, a Message-ID or an address belongs to. notice_id None for addresses."""

    creditor: str
    debtor: str
    notice_id: str | None = None


class Directory(Protocol):
    """Finds the case of an incoming message. Entries are written by `CaseStore.commit` with the
    notices (token, message_id) and the debtor's contacts (address) that they come from.
    """

    def by_token(self, token: str) -> ThreadRef | None: ...

    def by_message_id(self, message_id: str) -> ThreadRef | None: ...

    def by_address(self, creditor: str, address: str) -> tuple[ThreadRef, ...]: ...

    def by_reply_domain(self, domain: str) -> tuple[str, ...]:
        """Codes of the creditors that use this reply domain."""


# ---------------------------------------------------------------- files


class EvidenceObjects(Protocol):
    """The bucket with Object Lock."""

    def put(self, key: str, content: bytes, *, content_type: str) -> ObjectRef:
        """Idempotent: the same key with the same bytes returns the first version."""

    def get(self, ref: ObjectRef) -> bytes: ...


class TooLarge(RelanceError):
    """An object was not read: it is larger than its reader allows."""


class Files(Protocol):
    """A bucket without Object Lock: drops, reports, snapshots, incoming mail."""

    def get(self, key: str, *, version: str | None = None, limit: int | None = None) -> bytes:
        """Raises NotFound; TooLarge for an object over `limit` bytes, before its bytes are read."""

    def put(self, key: str, content: bytes, *, content_type: str) -> None: ...


# ---------------------------------------------------------------- readers


@dataclass(frozen=True, slots=True)
class CreditorFile:
    """`creditor.yaml` understood: what applies at once, and what waits for two persons."""

    profile: CreditorProfile
    payment: PaymentDetails | None


@dataclass(frozen=True, slots=True)
class FlagLine:
    """How a debtor is to be chased, as a row says."""

    kind: FlagKind
    reason: str | None = None
    owner: str | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One row of a contacts file. contact None: the row only tells the debtor's address; others:
    the same person's further addresses, when a cell lists several.
    """

    line: int
    debtor_code: str
    debtor_name: str | None
    contact: Contact | None
    language: str | None
    siren: str | None
    address: PostalAddress | None
    collector: str | None = None
    payment_days: tuple[int, ...] = ()
    payer: str | None = None
    others: tuple[Contact, ...] = ()
    profile: PayerProfile | None = None
    payment_method: PaymentMethod | None = None
    flag: FlagLine | None = None


@dataclass(frozen=True, slots=True)
class ContactsFile:
    rows: tuple[ContactLine, ...]
    rejected: tuple[RejectedRow, ...] = ()


Drop = (
    BalanceReading
    | ContactsFile
    | CreditorFile
    | PaymentsFile
    | DocumentFile
    | PolicyFile
    | WorklistFile
)


class DropReader(Protocol):
    def read(self, content: bytes, *, name: str, profile: CreditorProfile | None) -> Drop:
        """Decides on the content what it is; name: the path within the creditor, its folders may
        settle a doubt. Raises RelanceError when it refuses or must ask.
        """


ReadMail = Callable[[bytes], ReadReply]
"""Understands a message; never raises, never trusts."""


# ---------------------------------------------------------------- writing to people


class NoticeRenderer(Protocol):
    def email(self, content: NoticeContent) -> OutgoingMail: ...


class LetterRenderer(Protocol):
    def letter(self, content: NoticeContent) -> RenderedLetter:
        """Raises LetterNotRendered."""


class StaffRenderer(Protocol):
    """Messages to our own people: reports, tasks, forwarded replies."""

    def message(
        self,
        template: str,
        *,
        profile: CreditorProfile,
        sender_domain: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[tuple[str, bytes, str]] = (),
    ) -> OutgoingMail: ...


class CallSheetRenderer(Protocol):
    def script(
        self, *, key: str | None, level: str, profile: str | None, language: str
    ) -> CallScript:
        """Of the step, else of its level; what its payer profile adds comes after it."""

    def text(self, sheet: Mapping[str, object], *, language: str) -> str:
        """Plain text, for the terminal."""


class WorklistWriter(Protocol):
    def workbook(self, worklist: DayWorklist, *, language: str) -> bytes:
        """To read, to fill in and to drop back; the same bytes for the same rows."""


class ReportRenderer(Protocol):
    """The report of a drop as a page that stands alone, in the language of the creditor."""

    def page(self, *, profile: CreditorProfile, values: Mapping[str, object]) -> bytes:
        """values: of `ImportReport.values`. UTF-8 HTML."""


class Mailer(Protocol):
    def send(self, mail: OutgoingMail) -> str:
        """One request, no retry. Returns the provider's message id. Raises the Send… family."""


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """One letter handed to a provider; address: the window's lines."""

    creditor: str
    notice_id: str
    written_on: date
    registered: bool
    address: tuple[str, ...]
    country: str
    pages: int
    pdf: bytes = field(repr=False)


class LetterProvider(Protocol):
    name: str

    def submit(self, request: LetterRequest) -> str:
        """Hand the letter over; idempotent on notice_id. Returns the provider's reference."""


# ---------------------------------------------------------------- the rest of the world


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""


class RandomSource(Protocol):
    def token(self) -> str:
        """128 random bits, lower-case hexadecimal."""


class PlanQueue(Protocol):
    def put(self, creditor: str, today: date, debtors: tuple[str, ...]) -> None: ...

    def put_morning(self, creditor: str, today: date) -> None:
        """The run of that day is over: our people are to be written to."""


class NoticeQueue(Protocol):
    def put(self, creditor: str, notice_id: str, channel: Channel) -> None: ...


class Policies(Protocol):
    def get(self, name: str) -> Policy: ...


class Calendars(Protocol):
    def of(self, region: str) -> WorkingCalendar: ...


DISPATCHED_AT_ONCE = 20
"""Notices of one transaction, with the creditor's row (docs/data-model.md)."""

STALE_AFTER = timedelta(minutes=15)
"""How long a notice may stay planned or sending before the sweep looks at it (design §7)."""
