"""The cases and notices of a simulation: the doors of the daily run, on dictionaries and nothing
proved, since nothing happens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case, CreditorFacts
from relance.domain.creditor import Creditor
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.watching import watched_dates
from relance.domain.evidence import EvidenceDraft, EvidenceEntry
from relance.domain.holds import UnreadReply
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.payment_history import PaymentHistory
from relance.domain.task import TaskKind

_TASK_OPENED = "task-opened-"
_OPENED = {"call-opened": str(TaskKind.CALL)}


class NoticeBook:
    """A `NoticeStore`."""

    def __init__(self, known: Iterable[Notice] = ()) -> None:
        self._all = {notice.id: notice for notice in known}

    def get(self, notice_id: str) -> Notice:
        found = self._all.get(notice_id)
        if found is None:
            raise NotFound("unknown-notice")
        return found

    def keep(self, notice: Notice) -> None:
        self._all[notice.id] = notice

    def live(self, *, before: datetime) -> tuple[Notice, ...]:
        return tuple(n for n in self._all.values() if n.status.is_live and n.updated_at < before)

    def ended(self, *, since: datetime) -> tuple[Notice, ...]:
        ended = (n for n in self._all.values() if not n.status.is_live)
        return tuple(n for n in ended if n.updated_at >= since)

    def of_case(self, debtor: str) -> tuple[Notice, ...]:
        return tuple(n for n in self._all.values() if debtor in n.debtors)


class CaseBook:
    """A `CaseStore` that also remembers the day. facts: the creditor's, of that day; allowed: the
    debtors that its mode writes to, None: all; touched: the debtors whose case changed, in order;
    opened: (debtor, kind) of the tasks; reasons: of what the run began, by notice, and by debtor
    and kind of task.
    """

    def __init__(
        self,
        cases: Iterable[Case],
        facts: CreditorFacts,
        notices: NoticeBook,
        allowed: frozenset[str] | None = None,
    ) -> None:
        self.facts = facts
        self.notices = notices
        self._allowed = allowed
        self._not_allowed = replace(facts, is_allowed=False)
        self.touched: dict[str, None] = {}
        self.opened: list[tuple[str, str]] = []
        self.reasons: dict[str, str] = {}
        self._changed: dict[str, None] = {}
        self._cases: dict[str, Case] = {}
        self._agenda: dict[date, set[str]] = {}
        self._payers: dict[str, list[str]] = {}
        self._entities: dict[str, list[str]] = {}
        for case in sorted(cases, key=lambda one: one.debtor.code):
            self._index(case)
        for code, case in list(self._cases.items()):
            self._cases[code] = replace(case, pays_for=self.paid_by(code))

    def begin(self, facts: CreditorFacts) -> None:
        """Another day."""
        self.facts = facts
        self._not_allowed = replace(facts, is_allowed=False)
        self.touched, self.opened, self.reasons, self._changed = {}, [], {}, {}

    def begun(self) -> list[Notice]:
        """The notices that wait to leave, of those that changed today."""
        found = [self.notices.get(one) for one in self._changed]
        return [notice for notice in found if notice.status is NoticeStatus.PLANNED]

    def every(self) -> Iterable[Case]:
        return self._cases.values()

    def put(self, case: Case) -> None:
        code = case.debtor.code
        self._cases[code] = case
        self.touched[code] = None
        if case.agenda is not None:
            self._agenda.setdefault(case.agenda, set()).add(code)

    def look_again(self, debtor: str, on: date) -> None:
        """Whatever its agenda says: what is only rehearsed is decided every day."""
        self._agenda.setdefault(on, set()).add(debtor)

    def take_due(self, until: date) -> tuple[str, ...]:
        """The debtors whose day has come, sorted: each is asked for once a day."""
        found: set[str] = set()
        for day in [day for day in self._agenda if day <= until]:
            for code in self._agenda.pop(day):
                agenda = self._cases[code].agenda
                if agenda is not None and agenda <= until:
                    found.add(code)
        return tuple(sorted(found))

    # ------------------------------------------------------------ the port

    def load(self, debtor: str, creditor: Creditor) -> Case | None:  # noqa: ARG002 (one creditor)
        case = self._cases.get(debtor)
        is_allowed = self._allowed is None or debtor in self._allowed
        facts = self.facts if is_allowed else self._not_allowed
        if case is not None and case.facts is not facts:
            case = self._cases[debtor] = replace(case, facts=facts)
        return case

    def commit(self, change: CaseChange) -> Case:
        return self.commit_all((change,))[0]

    def commit_all(self, changes: Sequence[CaseChange]) -> tuple[Case, ...]:
        for change in changes:
            self.put(change.case)
            if change.entry is not None:
                self._hear(change.case.debtor.code, change.entry)
            for one in change.notices:
                self.notices.keep(one.notice)
                self._changed[one.notice.id] = None
        return tuple(change.case for change in changes)

    def paid_by(self, payer: str) -> tuple[str, ...]:
        return tuple(self._payers.get(payer, ()))

    def of_siren(self, siren: str) -> tuple[str, ...]:
        return tuple(self._entities.get(siren, ()))

    def of_address(self, address: str) -> tuple[str, ...]:
        return tuple(
            sorted(
                case.debtor.code
                for case in self.every()
                if any((one.email or "").lower() == address for one in case.debtor.contacts)
            )
        )

    def to_call(self) -> tuple[str, ...]:
        calling = (case for case in self.every() if call_task(case) is not None)
        return tuple(sorted(case.debtor.code for case in calling))

    def to_read(self) -> tuple[str, ...]:
        reading = (c for c in self.every() if any(isinstance(h, UnreadReply) for h in c.holds))
        return tuple(sorted(case.debtor.code for case in reading))

    def dated(self, first: date, last: date) -> tuple[str, ...]:
        dated = (c for c in self.every() if any(first <= d <= last for d in watched_dates(c)))
        return tuple(sorted(case.debtor.code for case in dated))

    def decided(self, debtor: str, creditor: Creditor) -> None:  # noqa: ARG002 (nobody undoes)
        return None

    def due(self, until: date, *, page_size: int) -> Iterable[tuple[str, ...]]:
        codes = self.take_due(until)
        return [codes[n : n + page_size] for n in range(0, len(codes), page_size)]

    def debtors(self) -> tuple[str, ...]:
        return tuple(self._cases)

    def debtors_after(self, debtor: str, *, limit: int) -> tuple[str, ...]:
        return tuple(code for code in self.debtors() if code > debtor)[:limit]

    def history(self, debtor: str) -> tuple[EvidenceEntry, ...]:  # noqa: ARG002
        return ()

    def payments(self, debtor: str) -> PaymentHistory:  # noqa: ARG002
        return PaymentHistory()

    def _hear(self, debtor: str, entry: EvidenceDraft) -> None:
        """The only place where the run says why."""
        reason = entry.facts.get("reason", "")
        opened = _OPENED.get(entry.kind) or entry.kind.removeprefix(_TASK_OPENED)
        if entry.kind.startswith("notice-"):
            self.reasons[entry.facts["notice"]] = reason
        elif opened != entry.kind:
            self.opened.append((debtor, opened))
            self.reasons[f"{debtor} {opened}"] = reason

    def _index(self, case: Case) -> None:
        debtor = case.debtor
        self._cases[debtor.code] = case
        if case.agenda is not None:
            self._agenda.setdefault(case.agenda, set()).add(debtor.code)
        if debtor.payer is not None:
            self._payers.setdefault(debtor.payer, []).append(debtor.code)
        if debtor.siren is not None:
            self._entities.setdefault(debtor.siren, []).append(debtor.code)
