"""One of each message of the day, sent to oneself: nothing of it is done, nothing leaves for it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from relance.application.change_creditor import note_decision
from relance.application.dispatch import after_now
from relance.application.notice_content import ClaimPenalties, notice_content
from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import (
    EvidenceObjects,
    LetterRenderer,
    Mailer,
    NoticeRenderer,
)
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import CopiedLetter, NoticeContent, OutgoingMail


@dataclass(frozen=True, slots=True)
class SampleKit:
    """letters None: they cannot be printed here, and are left out."""

    emails: NoticeRenderer
    letters: LetterRenderer | None
    mailer: Mailer
    objects: EvidenceObjects
    claim_penalties: ClaimPenalties


@dataclass(frozen=True, slots=True)
class Samples:
    """Ids of the notices that samples were made of, and of those that were left out."""

    sent: tuple[str, ...]
    left_out: tuple[str, ...]


def sample_notices(
    creditor: str, to: str, author: str, *, office: Office, kit: SampleKit
) -> Samples:
    """to: an address of our own people, since it shows customers' accounts: raises NotAllowed for
    any other. Each is marked as a test and names whom it is for.
    """
    desk = office.open(creditor)
    if to.strip().lower() not in _our_addresses(desk):
        raise NotAllowed("sample-to-a-stranger", {"creditor": creditor})
    sent: list[str] = []
    left_out: list[str] = []
    for notice in _one_of_each(_planned(desk)):
        if notice.channel.is_letter and kit.letters is None:
            left_out.append(notice.id)
            continue
        kit.mailer.send(_sample(desk, notice, to.strip(), kit))
        sent.append(notice.id)
    facts = {"notices": " ".join(sent)}
    entry = EvidenceDraft(desk.now, author, "samples-sent", facts, {"to": to})
    note_decision(office.creditors, creditor, entry)
    return Samples(tuple(sent), tuple(left_out))


def _our_addresses(desk: Desk) -> set[str]:
    profile = desk.creditor.profile
    known = [profile.finance_email, *(one.email for one in profile.collectors)]
    known += [desk.creditor.redirect_to] if desk.creditor.redirect_to else []
    return {address.lower() for address in known}


def _planned(desk: Desk) -> list[Notice]:
    live = desk.stores.notices.live(before=after_now(desk))
    shown = {NoticeStatus.PLANNED, NoticeStatus.AWAITING_APPROVAL}
    return [notice for notice in live if notice.status in shown]


def _one_of_each(notices: Iterable[Notice]) -> list[Notice]:
    kinds: dict[tuple[str, ...], Notice] = {}
    for notice in sorted(notices, key=lambda one: one.id):
        kind = (notice.template, str(notice.channel), notice.language, str(bool(notice.companions)))
        kinds.setdefault(kind, notice)
    return list(kinds.values())


def _sample(desk: Desk, notice: Notice, to: str, kit: SampleKit) -> OutgoingMail:
    """Its tags name no notice: what becomes of a sample is nothing of the notice's."""
    cases = desk.cases_of(notice.debtors)
    content = notice_content(
        desk, cases, notice, objects=kit.objects, claim_penalties=kit.claim_penalties
    )
    mail = _rendered(replace(content, rehearsal_to=to), kit)
    return replace(mail, tags={"creditor": notice.creditor, "staff": "sample"})


def _rendered(content: NoticeContent, kit: SampleKit) -> OutgoingMail:
    if content.notice.channel.is_letter and kit.letters is not None:
        pdf = kit.letters.letter(content).pdf
        content = replace(content, letter=CopiedLetter(content.written_on, pdf))
    return kit.emails.email(content)
