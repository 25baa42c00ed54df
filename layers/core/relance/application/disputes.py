"""A person notes a dispute, or what is to mend on our side, and says how it was decided."""

from dataclasses import replace
from datetime import date

from relance.application.answers import Postbox
from relance.application.arranging import Act, Arranged, answered, make, record
from relance.application.importing.documents import documents_of
from relance.application.office import Desk, Office
from relance.application.owners import tell_at_once
from relance.application.ports import NotFound
from relance.application.staff_mail import StaffMail
from relance.domain.case import Case
from relance.domain.escalation.arrangements import (
    ArrangementRefused,
    DisputeTerms,
    add_dispute,
    find_items,
)
from relance.domain.escalation.disputes import Verdict, resolve_dispute
from relance.domain.escalation.taking_our_turn import OurTurn, take_turn
from relance.domain.holds import Proof, Resolution


def note_dispute(
    creditor: str,
    debtor: str,
    terms: DisputeTerms,
    author: str,
    note: str,
    *,
    office: Office,
    postbox: Postbox,
    staff: StaffMail,
) -> Arranged:
    """Its owner is written to at once, and the customer. Raises NotFound, ArrangementRefused."""
    desk = office.open(creditor)

    def disputed(case: Case, key: str) -> Case:
        return add_dispute(case, terms, key, desk.today)

    facts = {
        "category": terms.category,
        "documents": " ".join(terms.numbers),
        "amount": str(terms.amount or ""),
    }
    personal = {
        "owner": terms.owner,
        "owner_email": terms.owner_email,
        "person": terms.person,
        "note": note,
    }
    act = Act("dispute-noted", author, facts, personal)
    case, key = make(desk, debtor, "dispute", disputed, act)
    _, told = tell_at_once(desk, case, key, staff=staff)
    done = answered(desk, desk.case(debtor), key, postbox)
    return replace(done, told=told)


def decide_dispute(
    creditor: str,
    debtor: str,
    key: str,
    resolution: Resolution,
    author: str,
    note: str,
    *,
    proofs: tuple[str, ...] = (),
    target: date | None = None,
    office: Office,
    postbox: Postbox,
) -> Arranged:
    """The customer is answered, with the proofs of a rejection: file names of documents of the
    case. Raises NotFound, DisputeNotOpen.
    """
    desk = office.open(creditor)
    verdict = Verdict(resolution, _proofs(desk, debtor, proofs), target)

    def resolved(case: Case) -> Case:
        return resolve_dispute(case, key, verdict, desk.today)

    shown = " ".join(proof.ref.sha256 for proof in verdict.proofs)
    facts = {"resolution": str(resolution), "proofs": shown}
    act = Act("dispute-decided", author, facts, {"note": note})
    return answered(desk, record(desk, debtor, key, resolved, act), key, postbox)


def note_mend(
    creditor: str,
    debtor: str,
    terms: OurTurn,
    numbers: tuple[str, ...],
    author: str,
    *,
    office: Office,
    staff: StaffMail,
) -> Arranged:
    """A task of ours; the documents named wait until it is done. Raises NotFound,
    ArrangementRefused.
    """
    desk = office.open(creditor)
    if terms.target < desk.today:
        raise ArrangementRefused("date-in-the-past", {"date": terms.target.isoformat()})

    def opened(case: Case, key: str) -> Case:
        turn = replace(terms, items=find_items(case, numbers))
        return take_turn(case, turn, key, desk.today)

    facts = {"target": terms.target.isoformat(), "documents": " ".join(numbers)}
    personal = {"about": terms.about, "owner": terms.owner, "owner_email": terms.owner_email}
    act = Act("mend-opened", author, facts, personal)
    case, key = make(desk, debtor, "mend", opened, act)
    after, told = tell_at_once(desk, case, key, staff=staff)
    return Arranged(after, key, told=told)


def _proofs(desk: Desk, debtor: str, names: tuple[str, ...]) -> tuple[Proof, ...]:
    """The documents of the case with these names, the newest of each."""
    if not names:
        return ()
    known = {
        entry.personal.get("file_name", ""): entry.objects[0]
        for entry in documents_of(desk.cases.history(debtor))
    }
    for name in names:
        if name not in known:
            raise NotFound("no-such-proof", {"debtor": debtor})
    return tuple(Proof(name, known[name]) for name in names)
