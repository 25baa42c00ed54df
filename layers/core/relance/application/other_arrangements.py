"""Bills accepted, set-offs, returns, discounts, guarantees: recorded by one person, approved by
another; and the holds that people set and end.
"""

from dataclasses import replace
from datetime import date

from relance.application.answers import Postbox
from relance.application.arranging import Act, Arranged, answered, make, record
from relance.application.change_creditor import change_creditor
from relance.application.creditor_commands import resume
from relance.application.office import Desk, Office
from relance.application.ports import NotFound
from relance.domain.case import Case
from relance.domain.creditor import Creditor, Pause
from relance.domain.escalation.other_arrangements import (
    ArrangementTerms,
    HoldTerms,
    NotArranged,
    approve_arrangement,
    arrange,
    hold,
    without_hold,
)
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import Arrangement, ManualHold
from relance.domain.team import is_one_of_us


def note_arrangement(
    creditor: str,
    debtor: str,
    terms: ArrangementTerms,
    author: str,
    note: str,
    *,
    office: Office,
) -> Arranged:
    """It waits for another person's approval. Raises NotFound, NotArranged, ArrangementRefused."""
    desk = office.open(creditor)

    def arranged(case: Case, key: str) -> Case:
        return arrange(case, terms, key, author, desk.calendar, desk.today)

    facts = {
        "kind": str(terms.kind),
        "until": terms.until.isoformat(),
        "documents": " ".join(terms.numbers),
    }
    act = Act("arrangement-noted", author, facts, {"person": terms.person, "note": note})
    case, key = make(desk, debtor, "arrangement", arranged, act)
    return Arranged(case, key)


def approve(
    creditor: str, debtor: str, key: str, author: str, *, office: Office, postbox: Postbox
) -> Arranged:
    """The customer is told in writing. Raises NotFound, NotArranged."""
    desk = office.open(creditor)

    def approved(case: Case) -> Case:
        _four_eyes(desk, case, key, author)
        return approve_arrangement(case, key, author, desk.calendar, desk.today)

    act = Act("arrangement-approved", author, {}, {})
    return answered(desk, record(desk, debtor, key, approved, act), key, postbox)


def _four_eyes(desk: Desk, case: Case, key: str, author: str) -> None:
    """Raises NotArranged."""
    recorded = (h.by for h in case.holds if isinstance(h, Arrangement) and h.key == key)
    if any(is_one_of_us(author, by, desk.creditor.profile) for by in recorded):
        raise NotArranged("approver-recorded-it")


def hold_case(
    creditor: str, debtor: str, terms: HoldTerms, author: str, *, office: Office
) -> Arranged:
    """The whole case, or the documents named. Raises NotFound, NotArranged, ArrangementRefused."""
    desk = office.open(creditor)
    if not terms.note.strip():
        raise NotArranged("hold-needs-a-reason")

    def held(case: Case, key: str) -> Case:
        return hold(case, terms, key, desk.today)

    until = terms.until.isoformat() if terms.until else ""
    facts = {"documents": " ".join(terms.numbers) or "all", "until": until}
    act = Act("hold-set", author, facts, {"reason": terms.note})
    case, key = make(desk, debtor, "hold", held, act)
    return Arranged(case, key)


def unhold_case(
    creditor: str, debtor: str, key: str | None, author: str, note: str, *, office: Office
) -> Arranged:
    """key None: the only hold there is. Raises NotFound."""
    desk = office.open(creditor)
    found = _hold_key(desk, debtor, key)

    def freed(case: Case) -> Case:
        return without_hold(case, found, desk.today)

    act = Act("hold-ended", author, {}, {"note": note})
    return Arranged(record(desk, debtor, found, freed, act), found)


def _hold_key(desk: Desk, debtor: str, key: str | None) -> str:
    holds = [h.key for h in desk.case(debtor).holds if isinstance(h, ManualHold)]
    if key is None and len(holds) == 1:
        return holds[0]
    if key not in holds:
        raise NotFound("no-such-hold", {"debtor": debtor})
    return key


def hold_creditor(
    creditor: str, until: date | None, author: str, reason: str, *, office: Office
) -> Creditor:
    """Nothing of this creditor leaves until the day after. Raises NotFound, NotArranged."""
    desk = office.open(creditor)
    if not reason.strip():
        raise NotArranged("hold-needs-a-reason")
    if until is not None and until < desk.today:
        raise NotArranged("date-in-the-past", {"date": until.isoformat()})
    stop = Pause(desk.now, author, reason, until)
    facts = {"reason": reason, **({"until": until.isoformat()} if until else {})}
    entry = EvidenceDraft(desk.now, author, "paused", facts)
    return change_creditor(
        office.creditors, creditor, lambda c: replace(c, pause=stop), lambda _: entry
    )


def unhold_creditor(creditor: str, author: str, *, office: Office) -> Creditor:
    return resume(creditor, author, office=office)


def end_pause_due(creditor: Creditor, today: date, *, office: Office) -> Creditor:
    """The creditor without a pause whose last day is over: the run begins by this."""
    pause = creditor.pause
    if pause is None or pause.until is None or pause.until >= today:
        return creditor
    facts = {"reason": "hold-over", "until": pause.until.isoformat()}
    entry = EvidenceDraft(office.clock.now(), "system", "resumed", facts)

    def resumed(now: Creditor) -> Creditor:
        return replace(now, pause=None) if now.pause == pause else now

    return change_creditor(office.creditors, creditor.code, resumed, lambda _: entry)
