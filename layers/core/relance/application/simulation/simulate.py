"""Day after day: the balance of the morning, the daily run, and people who do all that it asks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from relance.application.simulation.ledger import Coming, Ledger
from relance.application.simulation.payments import PaymentModel, never
from relance.application.simulation.result import Simulation
from relance.application.simulation.world import Dispatch, SimulatedWorld, everything
from relance.domain.case import Case, LiveNotice
from relance.domain.creditor import Creditor, CreditorProfile, LegalIdentity, Mode
from relance.domain.notice import Notice
from relance.domain.policy import Policy
from relance.domain.postal_address import PostalAddress
from relance.domain.working_days import WorkingCalendar

_NONE: Coming = MappingProxyType({})


def simulate(
    cases: Iterable[Case],
    policy: Policy,
    calendar: WorkingCalendar,
    first: date,
    last: date,
    *,
    creditor: Creditor | None = None,
    pays: PaymentModel = never,
    coming: Coming = _NONE,
    notices: Iterable[Notice] = (),
    dispatch: Dispatch = everything,
    mode: Mode = Mode.AUTO,
) -> Simulation:
    """What the daily run would do on each day of [first, last], both included.

    The balance is refreshed every morning, messages are delivered, calls reach somebody and formal
    notices are approved on their day; a pause, an import, missing payment details and an old
    balance hold nothing. coming: items that later balances will show; notices: those that the cases
    are busy with, when they come from a store: a case busy with another one is decided again.
    mode: what leaves, and what it does; the list of ALLOW_LIST is the creditor's, and in CONFIRM
    each day's batch is released on its day.
    """
    known = {one.id: one for one in notices}
    started = [_started(case, known, first) for case in cases]
    world = SimulatedWorld(
        started,
        creditor=creditor or _nobody(started),
        policy=policy,
        calendar=calendar,
        ledger=Ledger(started, coming, pays, first),
        notices=known.values(),
        dispatch=dispatch,
        mode=mode,
    )
    day = first
    while day <= last:
        world.live(day)
        day += timedelta(days=1)
    items = sum(len(case.open_items) for case in started) + sum(map(len, coming.values()))
    return world.told(first, last, debtors=len(started), items=items)


def _started(case: Case, known: dict[str, Notice], first: date) -> Case:
    def kept(busy: LiveNotice | None) -> LiveNotice | None:
        return busy if busy is not None and busy.id in known else None

    live, awaiting = kept(case.live), kept(case.awaiting)
    agenda = (case.agenda or first) if case.open_items else case.agenda
    if (live, awaiting) != (case.live, case.awaiting):
        agenda = first
    return replace(case, live=live, awaiting=awaiting, agenda=agenda)


def _nobody(cases: list[Case]) -> Creditor:
    """A creditor of which only the code matters, and the language of who declares none."""
    identity = LegalIdentity("", PostalAddress(()))
    code = cases[0].creditor if cases else "simulation"
    return Creditor(CreditorProfile(code, identity, "", ()))
