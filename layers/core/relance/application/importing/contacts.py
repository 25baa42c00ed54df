"""A contacts file: who to write to, merged into the case of each debtor."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.payers import relieve_debtors, wake_debtors
from relance.application.importing.people_named import collector_named
from relance.application.importing.report import ImportReport, RefusedLine, record
from relance.application.importing.snapshot_file import load_snapshot
from relance.application.importing.tell import tell
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import (
    CaseChange,
    CaseStore,
    Conflict,
    ContactLine,
    ContactsFile,
    FlagLine,
)
from relance.domain.case import Case, facts_of
from relance.domain.case_contacts import DebtorCard, apply_card
from relance.domain.creditor import Creditor, CreditorProfile
from relance.domain.debtor import IMPORT, Debtor, DebtorFlag
from relance.domain.escalation.flagged import REVIEWED_EVERY
from relance.domain.evidence import EvidenceDraft
from relance.domain.missing_data import seeks_email
from relance.domain.reconciliation.identity import debtor_key


def import_contacts(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: ContactsFile
) -> ImportOutcome:
    """Raises Conflict: the queue brings the drop back; what is already there is not written."""
    today = local_date(doors.office.clock.now(), creditor)
    known = load_snapshot(doors.reports, creditor).debtors
    names = {code: debtor.name for code, debtor in known.items()}
    cards = cards_of(file.rows, names, creditor.profile, today)
    cases = doors.office.stores.of(creditor.code).cases
    for card in cards:
        _merge(doors, drop, creditor, cases, card)
    report = _report(file, cards, creditor.profile)
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, creditor.code, drop.event)
    return tell(doors, drop, stopped, report, done)


def cards_of(
    rows: Iterable[ContactLine], names: Mapping[str, str], profile: CreditorProfile, today: date
) -> list[DebtorCard]:
    """One card per debtor; for each fact, the first row that gives it wins. A file without codes
    speaks of the debtors that the last balance names, and may name a payer so; names: theirs, by
    code.
    """
    by_name = {debtor_key(None, name): code for code, name in names.items()}
    grouped: dict[str, list[ContactLine]] = {}
    for row in rows:
        grouped.setdefault(by_name.get(row.debtor_code, row.debtor_code), []).append(row)
    codes = {*grouped, *names}
    named = {row.payer for row in rows if row.payer}
    payers = {
        text: text if text in codes else by_name.get(debtor_key(None, text), text) for text in named
    }
    return [_card(code, lines, profile, payers, today) for code, lines in sorted(grouped.items())]


def _card(
    code: str,
    rows: list[ContactLine],
    profile: CreditorProfile,
    payers: dict[str, str],
    today: date,
) -> DebtorCard:
    people = [one for row in rows for one in (row.contact, *row.others) if one is not None]
    contacts = {one.key: one for one in people}
    collectors = [collector_named(row.collector, profile) for row in rows]
    return DebtorCard(
        code=code,
        name=next((row.debtor_name for row in rows if row.debtor_name), None),
        contacts=tuple(contacts.values()),
        language=next((row.language for row in rows if row.language), None),
        siren=next((row.siren for row in rows if row.siren), None),
        address=next((row.address for row in rows if row.address), None),
        collector=next((key for key in collectors if key), None),
        payment_days=next((row.payment_days for row in rows if row.payment_days), ()),
        payer=next((payers[row.payer] for row in rows if row.payer), None),
        profile=next((row.profile for row in rows if row.profile), None),
        payment_method=next((row.payment_method for row in rows if row.payment_method), None),
        flag=_flag([row.flag for row in rows if row.flag], profile, today),
    )


def _flag(lines: list[FlagLine], profile: CreditorProfile, today: date) -> DebtorFlag | None:
    """The strictest that the rows of the debtor say; reviewed within a month, whatever they say."""
    line = max(lines, key=lambda one: one.kind.rank, default=None)
    if line is None:
        return None
    latest = today + REVIEWED_EVERY
    review_on = line.review_on if line.review_on and today < line.review_on < latest else latest
    owner = line.owner or profile.finance_email
    return DebtorFlag(line.kind, line.reason or "", owner, today, review_on, IMPORT)


def _merge(
    doors: ImportDoors, drop: Drop, creditor: Creditor, cases: CaseStore, card: DebtorCard
) -> None:
    now = doors.office.clock.now()
    today = local_date(now, creditor)
    facts = {"drop": drop.event.key, "drop_sha256": drop.sha256}
    proof = EvidenceDraft(now, "import", "contacts", facts)
    for _ in range(COMMIT_ATTEMPTS):
        case = cases.load(card.code, creditor)
        known = case or case_of_card(creditor, card)
        payer = _payer_of(cases, creditor, known, card)
        changed = apply_card(known, card, agenda=today, payer=payer)
        served = cases.paid_by(card.code) if case is None else known.pays_for
        if changed.debtor.contacts != known.debtor.contacts:
            wake_debtors(cases, creditor, served, today)
        try:
            if changed is not known or case is None:
                cases.commit(_change(changed, card, proof))
        except Conflict:
            continue
        relieve_debtors(cases, creditor, changed.debtor, served, proof, today)
        return
    raise Conflict("case-busy", {"creditor": creditor.code})


def _change(case: Case, card: DebtorCard, proof: EvidenceDraft) -> CaseChange:
    facts = {**proof.facts, "contacts": str(_count(card))}
    return CaseChange(case, replace(proof, facts=facts, personal=_personal(case)))


def _payer_of(cases: CaseStore, creditor: Creditor, case: Case, card: DebtorCard) -> Debtor | None:
    """Who pays for it from now on; read only while somebody looks for an address."""
    code = card.payer or case.debtor.payer
    if code is None or code == card.code or not any(map(seeks_email, case.tasks)):
        return None
    payer = cases.load(code, creditor)
    return payer.debtor if payer else None


def case_of_card(creditor: Creditor, card: DebtorCard) -> Case:
    """Of a debtor that no balance has named."""
    debtor = Debtor(card.code, card.name or card.code)
    return Case(creditor.code, debtor, facts_of(creditor))


def _count(card: DebtorCard) -> int:
    return len(card.contacts)


def _personal(case: Case) -> dict[str, str]:
    """Who could be written to from then on: erasable, and still proved by its digest."""
    lines = [f"{c.role}: {c.name} <{c.email or ''}>" for c in case.debtor.contacts]
    address = case.debtor.address
    if address is not None:
        lines.append(", ".join(address.lines))
    return {"debtor": case.debtor.name, "contacts": "\n".join(lines)}


def _report(file: ContactsFile, cards: list[DebtorCard], profile: CreditorProfile) -> ImportReport:
    named = {row.collector for row in file.rows if row.collector}
    return ImportReport(
        status="applied",
        kind="contacts",
        counts={
            "rows": len(file.rows) + len(file.rejected),
            "debtors": len(cards),
            "contacts": sum(_count(card) for card in cards),
            "rejected": len(file.rejected),
        },
        rejected=tuple(
            RefusedLine(row.line, row.reason, row.field, row.value) for row in file.rejected
        ),
        warnings=tuple({"collector-unknown" for one in named if not collector_named(one, profile)}),
    )
