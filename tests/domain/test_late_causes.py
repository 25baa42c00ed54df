"""Why what is late is late, added up; what we owe first is no dispute of the customer's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from relance.domain.calling import Cause, LateCause
from relance.domain.case import Case
from relance.domain.holds import Dispute
from relance.domain.payment_history import PaymentHistory
from relance.domain.statistics import Statistics, account_sums, added, statistics
from relance.domain.task import TaskKind
from tests.builders import a_case, an_invoice

DUE, TODAY = date(2026, 3, 2), date(2026, 3, 20)


def figures(*cases: Case) -> Statistics:
    sums = added(account_sums(case, PaymentHistory(), TODAY) for case in cases)
    return statistics(sums, TODAY)["EUR"]


def caused(case: Case, **causes: Cause) -> Case:
    noted = {
        item.key: LateCause(causes[item.number], TODAY, "claire")
        for item in case.open_items
        if item.number in causes
    }
    return replace(case, causes=noted)


def test_late_amounts_add_up_by_cause_over_debtors() -> None:
    one = a_case(an_invoice("A", due=DUE, amount="100"), an_invoice("B", due=DUE, amount="30"))
    two = a_case(an_invoice("A", due=DUE, amount="7"), an_invoice("C", due=date(2026, 4, 1)))
    found = figures(caused(one, A=Cause.CASH), caused(two, A=Cause.CASH, C=Cause.APPROVAL))
    assert found.late_by_cause == {"cash": Decimal(107), "unknown": Decimal(30)}


def test_what_we_must_mend_is_in_no_share_of_disputes() -> None:
    item = an_invoice("A", due=DUE, amount="100")
    theirs = Dispute("d", {item.key: Decimal(100)}, "price", "ana", DUE, TODAY)
    ours = replace(theirs, category=str(TaskKind.MEND))
    assert figures(replace(a_case(item), holds=(theirs,))).disputed_open_share == 100
    assert figures(replace(a_case(item), holds=(ours,))).disputed_open_share == 0
