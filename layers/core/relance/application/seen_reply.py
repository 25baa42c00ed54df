"""A person has read a reply: what it held is free, what they found in it holds instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from relance.application.notice_outcomes import Outcome, record_given_up
from relance.application.office import Desk, Office
from relance.application.people import Findings, apply_findings, entry_of, said_by
from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case
from relance.domain.escalation.arrangements import (
    ArrangementRefused,
    DisputeTerms,
    PromiseTerms,
    documents_by_debtor,
    mark_reply_seen,
)
from relance.domain.holds import UnreadReply
from relance.domain.notice import NoticeStatus

Terms = TypeVar("Terms", PromiseTerms, DisputeTerms)


def mark_seen(
    creditor: str, debtor: str, reply_id: str, author: str, findings: Findings, *, office: Office
) -> Case:
    """A person has read the reply: its hold ends on every case that has it, what they found in it
    holds instead, said by its sender unless they name another one. It is found of the debtor named;
    a document named that another of these cases has is held there. Raises NotFound, also when
    somebody else read it first, ArrangementRefused.
    """
    desk = office.open(creditor)
    cases = _holding(desk, debtor, reply_id)
    findings = said_by(findings, desk.stores.replies.get(reply_id).sender, "email")
    found = findings_by_debtor(findings, cases)
    for case in cases:
        _seen(desk, case, reply_id, found)  # refused before anything is withheld
    _withhold_planned(desk, cases, author, reply_id)

    def change(case: Case) -> CaseChange | None:
        if not _is_held_by(case, reply_id):
            if case.debtor.code in found:
                raise NotFound("no-such-unread-reply", {"reply": reply_id})
            return None
        own = found.get(case.debtor.code, Findings())
        after = _seen(desk, case, reply_id, found)
        return CaseChange(after, entry_of(desk, author, "reply-seen", {"reply": reply_id}, own))

    seen = desk.change_all([case.debtor.code for case in cases], change)[0]
    desk.stores.replies.mark_seen(reply_id, author, desk.now)
    return seen


def _holding(desk: Desk, debtor: str, reply_id: str) -> tuple[Case, ...]:
    """The cases that this reply holds, the one of that debtor first."""
    case = desk.case(debtor)
    if not _is_held_by(case, reply_id):
        raise NotFound("no-such-unread-reply", {"reply": reply_id})
    debtors = desk.stores.replies.get(reply_id).debtors
    others = desk.cases_of([code for code in debtors if code != debtor])
    return (case, *(other for other in others if _is_held_by(other, reply_id)))


def _is_held_by(case: Case, reply_id: str) -> bool:
    return any(isinstance(hold, UnreadReply) and hold.key == reply_id for hold in case.holds)


def _seen(desk: Desk, case: Case, reply_id: str, found: Mapping[str, Findings]) -> Case:
    own = found.get(case.debtor.code, Findings())
    return apply_findings(mark_reply_seen(case, reply_id, desk.today), own, reply_id, desk)


def _withhold_planned(desk: Desk, cases: Sequence[Case], author: str, reply_id: str) -> None:
    """What was planned before the customer answered does not leave on the day it is read: the
    next step comes the day after a hold ends (rule 1). A shared notice goes with all its parts.
    """
    lives = (case.live for case in cases)
    planned = {live.id for live in lives if live and live.status is NoticeStatus.PLANNED}
    for notice_id in sorted(planned):
        notice = desk.stores.notices.get(notice_id)
        facts = {"reason": "unread-reply", "reply": reply_id}
        outcome = Outcome("notice-withheld", author, facts)
        record_given_up(desk, notice, NoticeStatus.WITHHELD, "unread-reply", outcome)


def findings_by_debtor(findings: Findings, cases: Sequence[Case]) -> dict[str, Findings]:
    """Whose case each finding is for. Raises ArrangementRefused for one amount over several."""
    first = cases[0].debtor.code
    promises = _terms_by_debtor(findings.promise, cases)
    disputes = _terms_by_debtor(findings.dispute, cases)
    paid = documents_by_debtor(cases, findings.paid or ())
    if findings.paid == ():
        paid = {first: ()}
    found = {first, *promises, *disputes, *paid}
    return {
        debtor: Findings(
            promise=promises.get(debtor),
            dispute=disputes.get(debtor),
            paid=paid.get(debtor),
            note=findings.note if debtor == first else "",
        )
        for debtor in found
    }


def _terms_by_debtor(terms: Terms | None, cases: Sequence[Case]) -> dict[str, Terms]:
    if terms is None:
        return {}
    if not terms.numbers:
        return {cases[0].debtor.code: terms}
    documents = documents_by_debtor(cases, terms.numbers)
    if len(documents) > 1 and terms.amount is not None:
        raise ArrangementRefused("amount-over-several-debtors", {"debtors": " ".join(documents)})
    return {debtor: replace(terms, numbers=numbers) for debtor, numbers in documents.items()}
