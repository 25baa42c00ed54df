"""A creditor of whom nothing is stored: its days, lived by the use cases of the daily run."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from relance.application.office import Desk
from relance.application.plan_case import CasePlanner, PlanReport
from relance.application.ports import CreditorStores
from relance.application.simulation.book import CaseBook, NoticeBook
from relance.application.simulation.ledger import Ledger
from relance.application.simulation.people import approve, call, leave, put_off, tasks_opened
from relance.application.simulation.recording import HeldLog
from relance.application.simulation.result import SimulatedAction, Simulation, totals_of
from relance.domain.case import Case, CreditorFacts, facts_of
from relance.domain.creditor import BalanceState, Creditor, Mode
from relance.domain.escalation.decision import Decision, Held
from relance.domain.notice import Notice
from relance.domain.policy import Policy
from relance.domain.working_days import WorkingCalendar

Dispatch = Callable[[date, Sequence[Notice]], Sequence[Notice]]
"""Which of the notices planned for a day leave that day: the others end, and are decided again."""

_UNUSED: Any = None
"""A decision reads neither the replies nor the imports."""


def everything(day: date, planned: Sequence[Notice]) -> Sequence[Notice]:  # noqa: ARG001
    """Modes and caps are off."""
    return planned


class SimulatedWorld:
    def __init__(
        self,
        cases: Sequence[Case],
        *,
        creditor: Creditor,
        policy: Policy,
        calendar: WorkingCalendar,
        ledger: Ledger,
        notices: Iterable[Notice],
        dispatch: Dispatch,
        mode: Mode,
    ) -> None:
        self._creditor = replace(creditor, mode=mode, pause=None)
        self._policy, self._calendar = policy, calendar
        self._ledger, self._dispatch = ledger, dispatch
        self._notices = NoticeBook(notices)
        self._facts = _open(cases[0].facts if cases else facts_of(creditor), mode)
        allowed = creditor.allow_list if mode is Mode.ALLOW_LIST else None
        self._book = CaseBook(cases, self._facts, self._notices, allowed)
        self._approvals: list[tuple[date, str]] = []
        self._actions: list[SimulatedAction] = []
        self._held = HeldLog()
        self._tasks: Counter[str] = Counter()
        self._seq = max((case.import_seq for case in cases), default=0)
        self._days = 0

    def live(self, today: date) -> None:
        """One day. On a closed one only the accounts move."""
        self._seq += 1
        balance = BalanceState(self._seq, as_of=today, uploaded_on=today)
        self._book.begin(replace(self._facts, balance=balance))
        desk = self._desk(today)
        self._morning(desk)
        if not self._calendar.is_open(today):
            return
        self._days += 1
        self._run(desk)
        planned = [n for n in self._book.begun() if n.planned_for == today]
        leaving = self._dispatch(today, planned)
        for notice in leaving:
            self._actions += leave(desk, self._book, notice)
        left = {notice.id for notice in leaving}
        for notice in planned:
            if notice.id not in left:
                put_off(desk, self._book, notice)
        for code in tuple(self._book.touched):
            self._actions += call(desk, self._book, code)
            self._approvals += [(today, one) for one in approve(desk, self._book, code)]
            steps, kinds = tasks_opened(desk, self._book, code)
            self._actions += steps
            self._tasks.update(kinds)

    def told(self, first: date, last: date, *, debtors: int, items: int) -> Simulation:
        actions = tuple(sorted(self._actions, key=lambda one: (one.date, one.debtor_code)))
        held = self._held.periods(last)
        formal = self._policy.formal_notice
        totals = totals_of(
            actions,
            held,
            debtors=debtors,
            items=items,
            days=self._days,
            formal_notice=formal.key if formal else None,
            tasks=self._tasks,
            paid=self._ledger.paid,
            left=self._left(),
        )
        return Simulation(first, last, actions, held, totals, tuple(self._approvals))

    def _desk(self, today: date) -> Desk:
        return Desk(
            creditor=self._creditor,
            stores=CreditorStores(self._book, self._notices, _UNUSED, _UNUSED, _UNUSED),
            policy=self._policy,
            calendar=self._calendar,
            now=datetime.combine(today, time(8), UTC),
            today=today,
        )

    def _morning(self, desk: Desk) -> None:
        for code, news in self._ledger.changes(desk.today).items():
            case = desk.cases.load(code, desk.creditor)
            if case is not None:
                self._book.put(
                    self._ledger.balance(case, news, import_seq=self._seq, today=desk.today)
                )

    def _run(self, desk: Desk) -> None:
        """The cases whose day has come, as a page of the daily run."""
        report = _Decisions()
        planner = CasePlanner(desk, _NoSecrets(), report)
        for code in self._book.take_due(desk.today):
            planner.plan(code)
            self._held.note(code, report.take(), desk.today)
            if desk.creditor.mode is Mode.REDIRECT:
                self._book.look_again(code, desk.today + timedelta(days=1))

    def _left(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for case in self._book.every():
            for item in case.open_items:
                if item.is_claim:
                    sums[item.currency] = sums.get(item.currency, Decimal(0)) + item.open_amount
        return sums


class _Decisions(PlanReport):
    """Also what each decision of a case left alone."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[Held] = []

    def count(self, decision: Decision) -> None:
        self._held += decision.held

    def take(self) -> list[Held]:
        held, self._held = self._held, []
        return held


class _NoSecrets:
    """Nobody answers a message that does not leave."""

    def token(self) -> str:
        return "0" * 32


def _open(facts: CreditorFacts, mode: Mode) -> CreditorFacts:
    """Nothing of the creditor holds, its mode apart: what a simulation shows is the escalation."""
    return replace(facts, mode=mode, paused=False, importing=False, can_send=True, is_allowed=True)
