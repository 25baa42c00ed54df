"""What the contacts of a payer change for the debtors that it pays for: it reads their mail."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, CaseStore, Conflict
from relance.domain.case import Case
from relance.domain.case_contacts import relieved
from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor
from relance.domain.evidence import EvidenceDraft


def wake_debtors(cases: CaseStore, creditor: Creditor, debtors: Iterable[str], today: date) -> None:
    """They are decided again. Before the payer's card is written: a crash in between is repaired by
    the card, which is still new.
    """

    def change(case: Case) -> CaseChange | None:
        return CaseChange(replace(case, agenda=today), None) if _sleeps(case, today) else None

    _each(cases, creditor, debtors, change)


def relieve_debtors(
    cases: CaseStore,
    creditor: Creditor,
    payer: Debtor,
    debtors: Iterable[str],
    proof: EvidenceDraft,
    today: date,
) -> None:
    """Nobody looks any more for an address that the payer has. After its card is written, and also
    when that says nothing new: a crash may have cut this short. proof: of the file.
    """
    entry = replace(proof, kind="payer-contacts", personal={"payer": payer.code})

    def change(case: Case) -> CaseChange | None:
        found = relieved(case, payer)
        if found is case:
            return None
        return CaseChange(replace(found, agenda=today) if _sleeps(case, today) else found, entry)

    _each(cases, creditor, debtors, change)


def _each(
    cases: CaseStore,
    creditor: Creditor,
    debtors: Iterable[str],
    decide: Callable[[Case], CaseChange | None],
) -> None:
    for code in debtors:
        for _ in range(COMMIT_ATTEMPTS):
            case = cases.load(code, creditor)
            change = None if case is None else decide(case)
            if change is None:
                break
            try:
                cases.commit(change)
            except Conflict:
                continue
            break


def _sleeps(case: Case, day: date) -> bool:
    return bool(case.open_items) and (case.agenda is None or case.agenda > day)
