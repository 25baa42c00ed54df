"""A contacts file: who to write to, merged into the case of each debtor."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, local_date
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
from relance.domain.reconciliation.identity import debtor_key
from relance.domain.reconciliation.snapshot import BalanceSnapshot


def import_contacts(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: ContactsFile
) -> ImportOutcome:
    """Raises Conflict: the queue brings the drop back; what is already there is not written."""
    today = local_date(doors.office.clock.now(), creditor)
    snapshot = load_snapshot(doors.reports, creditor)
    cards = _cards(file.rows, snapshot, creditor.profile, today)
    cases = doors.office.stores.of(creditor.code).cases
    for card in cards:
        _merge(doors, drop, creditor, cases, card)
    report = _report(file, cards, creditor.profile)
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, creditor.code, drop.event)
    return tell(doors, drop, stopped, report, done)


def _cards(
    rows: Iterable[ContactLine], snapshot: BalanceSnapshot, profile: CreditorProfile, today: date
) -> list[DebtorCard]:
    """One card per debtor; for each fact, the first row that gives it wins. A file without codes
    speaks of the debtors that the last balance names, and may name a payer so.
    """
    by_name = {debtor_key(None, d.name): code for code, d in snapshot.debtors.items()}
    grouped: dict[str, list[ContactLine]] = {}
    for row in rows:
        grouped.setdefault(by_name.get(row.debtor_code, row.debtor_code), []).append(row)
    codes = {*grouped, *snapshot.debtors}
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
    for _ in range(COMMIT_ATTEMPTS):
        case = cases.load(card.code, creditor)
        known = case or _new_case(creditor, card)
        now = doors.office.clock.now()
        changed = apply_card(known, card, agenda=local_date(now, creditor))
        if changed is known and case is not None:
            return
        facts = {"drop": drop.event.key, "drop_sha256": drop.sha256, "contacts": str(_count(card))}
        entry = EvidenceDraft(now, "import", "contacts", facts, _personal(changed))
        try:
            cases.commit(CaseChange(changed, entry))
        except Conflict:
            continue
        if changed.debtor.contacts != known.debtor.contacts:
            _wake(cases, creditor, changed, local_date(now, creditor))
        return
    raise Conflict("case-busy", {"creditor": creditor.code})


def _wake(cases: CaseStore, creditor: Creditor, payer: Case, today: date) -> None:
    """Who it pays for is written to at its contacts: they are decided again with the new ones."""
    for code in cases.paid_by(payer.debtor.code):
        for _ in range(COMMIT_ATTEMPTS):
            case = cases.load(code, creditor)
            if case is None or not _sleeps(case, today):
                break
            try:
                cases.commit(CaseChange(replace(case, agenda=today), None))
            except Conflict:
                continue
            break


def _sleeps(case: Case, day: date) -> bool:
    return bool(case.open_items) and (case.agenda is None or case.agenda > day)


def _new_case(creditor: Creditor, card: DebtorCard) -> Case:
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
