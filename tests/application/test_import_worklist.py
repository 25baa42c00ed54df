"""A worklist that came back: each row is what its command does, once, with its author."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.adapters.worklist_files.layout import Col
from relance.adapters.worklist_files.writing import XlsxWorklistWriter
from relance.application.decisions import DROP, ROW, RowApplied
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.receive import import_drop
from relance.application.log_call import CallResult, log_call
from relance.application.other_arrangements import note_arrangement
from relance.application.undo import undo
from relance.application.worklists.listing import worklist_workbook
from relance.domain.case import Case
from relance.domain.creditor import Colleague, Collector, Creditor
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.other_arrangements import ArrangementTerms
from relance.domain.evidence import EvidenceEntry, chain_problem
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    ArrangementKind,
    Dispute,
    ManualHold,
    Promise,
    UnreadReply,
)
from tests.application.crashes import Crash, Crasher
from tests.application.fakes_import import WrappedStores
from tests.builders import a_creditor, a_debtor, an_invoice
from tests.worklists import Bucket, Paper, written
from tests.world import World, at

DUE = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)
"""C001 and C002 are to be called."""
FRIDAY = date(2026, 4, 17)
"""A formal notice awaits its approval."""
ZOE = Colleague("zoe", "Zoé Roux", "zoe@acme.example")


def a_team() -> Creditor:
    creditor = a_creditor(as_of=DUE)
    hugo = Collector("hugo", "Hugo Petit", "hugo@acme.example")
    collectors = (*creditor.profile.collectors, hugo)
    return replace(
        creditor, profile=replace(creditor.profile, collectors=collectors, approvers=(ZOE,))
    )


def to_call() -> World:
    """Monday at eleven: two customers to call, the first for two documents."""
    world = World(DUE, a_team())
    world.owes(an_invoice("FA-1", due=DUE, amount="900"), an_invoice("FA-2", due=DUE, amount="600"))
    hugos = replace(a_debtor("C002"), collector="hugo")
    world.owes(an_invoice("FB-1", due=DUE, amount="700"), debtor=hugos)
    world.run_days(DUE, MONDAY - timedelta(days=1))
    world.clock.set(at(MONDAY, 6))
    world.refresh()
    world.plan(MONDAY)
    world.clock.set(at(MONDAY, 11))
    return world


def to_approve() -> World:
    world = World(DUE, a_team())
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, FRIDAY)
    assert world.case().awaiting is not None
    return world


def paper(world: World, by: str = "Claire Martin") -> Paper:
    return Paper.of(written(world)).sign(by)


def called(world: World, outcome: str, **cells: Any) -> tuple[ImportOutcome, Bucket]:
    """The call to C001, filled in and dropped."""
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome=outcome, **cells)
    bucket = Bucket(world)
    return bucket.drop(sheet.saved()), bucket


def rows(bucket: Bucket, outcome: ImportOutcome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bucket.report(outcome)["done"]
    return found


def results(bucket: Bucket, outcome: ImportOutcome) -> list[tuple[str, str | None]]:
    return [(row["result"], row["code"]) for row in rows(bucket, outcome)]


def last_entry(world: World, debtor: str = "C001") -> EvidenceEntry:
    entries = world.stores.of("acme").cases.history(debtor)
    assert chain_problem(entries) is None
    return entries[-1]


def logged(world: World) -> EvidenceEntry:
    entries = world.stores.of("acme").cases.history("C001")
    return [entry for entry in entries if entry.kind == "call-logged"][-1]


def held(case: Case, kind: type) -> Any:
    return next(hold for hold in case.holds if isinstance(hold, kind))


# ------------------------------------------------------------------ calls


@pytest.mark.parametrize(
    ("outcome", "cells", "logged_as"),
    [
        ("Joint", {}, "reached"),
        ("promesse", {"date": date(2026, 3, 20)}, "promise"),
        ("Litige", {"numbers": "FA-2"}, "dispute"),
        ("Facture non reçue", {}, "invoice-not-received"),
        ("en validation chez le client", {}, "waiting-for-approval"),
        ("Règlement envoyé", {}, "payment-sent"),
        ("À corriger chez nous", {"note": "mauvais bon"}, "to-mend"),
        ("Messagerie", {}, "voicemail"),
        ("injoignable", {}, "unreachable"),
        ("wrong number", {}, "wrong-number"),
    ],
)
def test_each_outcome_is_logged_as_its_command_does(
    outcome: str, cells: dict[str, Any], logged_as: str
) -> None:
    world = to_call()
    done, bucket = called(world, outcome, **cells)
    assert results(bucket, done) == [("applied", None)]
    entry = logged(world)
    assert (entry.actor, entry.facts["outcome"]) == ("claire", logged_as)
    assert entry.facts["drop_sha256"]
    assert world.case("C002").calls == ()


def test_a_promise_has_its_date_amount_means_and_who_made_it() -> None:
    world = to_call()
    called(
        world,
        "Promesse",
        date=date(2026, 3, 20),
        amount=Decimal("250.50"),
        means="Chèque",
        spoke_to="Anne Petit",
        note="après la paie",
    )
    promise = held(world.case(), Promise)
    assert (promise.promised_for, promise.amount) == (date(2026, 3, 20), Decimal("250.50"))
    assert (promise.means, promise.by) == ("cheque", "Anne Petit")
    assert logged(world).personal["note"] == "après la paie"


def test_what_is_typed_as_text_is_read_as_people_write_it() -> None:
    world = to_call()
    called(world, "PROMESSE", date="20/03/2026", amount="1 250,50")
    promise = held(world.case(), Promise)
    assert (promise.promised_for, promise.amount) == (date(2026, 3, 20), Decimal("1250.50"))


def test_what_an_outcome_has_no_place_for_is_kept_in_the_note() -> None:
    world = to_call()
    called(
        world,
        "Règlement envoyé",
        numbers="FA-1",
        date=date(2026, 3, 6),
        amount=Decimal(900),
        means="Virement",
    )
    assert logged(world).personal["note"] == "2026-03-06 · 900 · transfer"
    assert held(world.case(), AnnouncedPayment).items == ("FA-1|invoice|1",)


def test_the_answer_to_the_customer_leaves_the_same_day_and_the_report_says_so() -> None:
    world = to_call()
    done, bucket = called(world, "Promesse", date=date(2026, 3, 20))
    world.drain()
    assert world.answers_sent() == [(MONDAY, "promise_recap")]
    (row,) = rows(bucket, done)
    assert {"code": "answer-leaves", "day": "2026-03-09"} in row["next"]
    assert "Confirmation écrite au client, part le 09/03/2026" in bucket.page(done)


def test_another_day_for_the_call_is_told() -> None:
    world = to_call()
    done, bucket = called(world, "Joint", date=date(2026, 3, 17))
    task = call_task(world.case())
    assert task is not None
    assert task.again_on == date(2026, 3, 17)
    assert "À rappeler le 17/03/2026" in bucket.page(done)


# ------------------------------------------------------------------ once


def test_the_same_file_again_applies_nothing_twice_and_says_so() -> None:
    world = to_call()
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Messagerie")
    bucket = Bucket(world)
    bucket.drop(sheet.saved())
    entries = world.kinds()
    world.clock.advance(timedelta(minutes=5))
    again = bucket.drop(sheet.saved(), "acme/again.xlsx")
    assert (again.status, results(bucket, again)) == ("unchanged", [("already", "row-applied")])
    assert world.kinds() == entries
    task = call_task(world.case())
    assert task is not None
    assert task.attempts == 1


def test_more_rows_filled_in_later_are_applied_and_the_first_ones_are_not_again() -> None:
    world = to_call()
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    bucket = Bucket(world)
    bucket.drop(sheet.saved())
    sheet.fill(sheet.line("Appel", "C002"), outcome="Joint")
    world.clock.advance(timedelta(minutes=5))
    done = bucket.drop(sheet.saved())
    assert sorted(results(bucket, done), key=str) == [("already", "row-applied"), ("applied", None)]


def test_a_row_taken_back_is_not_brought_back_by_the_file() -> None:
    world = to_call()
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    bucket = Bucket(world)
    bucket.drop(sheet.saved())
    undo("acme", "C001", "claire", office=world.office)
    world.clock.advance(timedelta(minutes=5))
    done = bucket.drop(sheet.saved())
    assert results(bucket, done) == [("already", "row-applied")]
    assert call_task(world.case()) is not None


def test_a_row_whose_call_is_over_changes_nothing_and_says_so() -> None:
    world = to_call()
    sheet = paper(world)
    log_call("acme", "C001", "hugo", CallResult("voicemail"), office=world.office)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved())
    assert results(bucket, done) == [("over", "row-call-over")]
    assert last_entry(world).actor == "hugo"


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_call_leaves_a_file_that_is_applied_once(after: bool) -> None:
    world, bucket, sheet = _two_calls()
    crasher = Crasher()
    import_drop(bucket.put(sheet.saved()), doors=_watched(world, bucket, crasher))
    assert "cases.commit_all" in crasher.calls
    for place in range(len(crasher.calls)):
        world, bucket, sheet = _two_calls()
        event = bucket.put(sheet.saved())
        with pytest.raises(Crash):
            import_drop(event, doors=_watched(world, bucket, Crasher(at=place, after=after)))
        done = import_drop(event, doors=bucket.doors())
        for debtor in ("C001", "C002"):
            assert world.kinds(debtor).count("call-logged") == 1
        assert not world.office.creditors.get("acme").waiting_drops
        assert {row["result"] for row in rows(bucket, done)} == {"applied"}


def _two_calls() -> tuple[World, Bucket, Paper]:
    world = to_call()
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    sheet.fill(sheet.line("Appel", "C002"), outcome="Messagerie")
    return world, Bucket(world), sheet


def _watched(world: World, bucket: Bucket, crasher: Crasher) -> ImportDoors:
    doors = bucket.doors()
    office = replace(
        doors.office,
        creditors=crasher.wrap(world.stores.creditors, "creditors"),
        stores=WrappedStores(world.stores, crasher),
    )
    return replace(
        doors,
        office=office,
        drops=crasher.wrap(bucket.drops, "drops"),
        reports=crasher.wrap(bucket.reports, "reports"),
    )


# ------------------------------------------------------------------ rows that are wrong


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"outcome": "peut-être"}, "row-outcome-unknown", "outcome"),
        ({"outcome": "Approuver"}, "row-outcome-unknown", "outcome"),
        ({"note": "rien"}, "row-outcome-missing", "outcome"),
        ({"outcome": "Promesse"}, "row-needs-a-date", "date"),
        ({"outcome": "Promesse", "date": "vendredi"}, "bad-date", "date"),
        ({"outcome": "Promesse", "date": "20/03/2026", "amount": "-5"}, "bad-amount", "amount"),
        ({"outcome": "Promesse", "date": "20/01/2026"}, "promise-in-the-past", "outcome"),
        ({"outcome": "Litige"}, "row-needs-documents", "numbers"),
        ({"outcome": "Litige", "numbers": "ZZ-9"}, "no-such-open-item", "outcome"),
        ({"outcome": "À corriger chez nous"}, "call-needs-a-note", "outcome"),
        ({"outcome": "Joint", "reference": "call.C001.x.0.abcdef"}, "row-reference-damaged",
         "reference"),
        ({"outcome": "Joint", "debtor_code": "C002"}, "row-reference-of-another", "debtor_code"),
    ],
)  # fmt: skip
def test_a_bad_row_says_its_column_and_what_to_do_and_the_others_are_applied(
    cells: dict[str, Any], code: str, column: str
) -> None:
    world = to_call()
    sheet = paper(world)
    line = sheet.line("Appel")
    sheet.fill(sheet.line("Appel", "C002"), outcome="Joint")
    before = world.case()
    sheet.fill(line, **cells)
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved())
    by_line = {row["line"]: row for row in rows(bucket, done)}
    assert (by_line[line]["result"], by_line[line]["code"]) == ("refused", code)
    assert by_line[line]["field"] == column
    assert done.counts["rows_applied"] == 1
    assert world.case() == before
    page = bucket.page(done)
    assert code not in page
    assert "Corrigez les lignes signalées" in page


def test_rows_left_empty_say_nothing() -> None:
    world = to_call()
    bucket = Bucket(world)
    done = bucket.drop(paper(world).saved())
    assert (done.status, rows(bucket, done), done.counts["rows_empty"]) == ("unchanged", [], 2)


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "worklist-author-missing"), ("Somebody Else", "worklist-author-unknown")],
)
def test_nothing_is_applied_of_a_workbook_that_nobody_of_ours_signed(name: str, code: str) -> None:
    world = to_call()
    sheet = paper(world, name)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved())
    assert (done.status, done.code) == ("refused", code)
    assert call_task(world.case()) is not None
    assert not world.office.creditors.get("acme").waiting_drops
    assert "rien n’est appliqué" in bucket.page(done)


def test_the_worklist_of_another_creditor_is_refused() -> None:
    world = to_call()
    world.stores.creditors.save(a_creditor("other"))
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Joint")
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved(), "other/worklist.xlsx")
    assert (done.status, done.code) == ("refused", "worklist-of-another-creditor")


# ------------------------------------------------------------------ replies


def test_a_reply_is_read_and_what_it_says_is_held() -> None:
    world = to_call()
    world.reply(world.carrier.sent[0].reply_to)
    sheet = paper(world)
    assert "Bonjour" in str(sheet.cell(sheet.line("Réponse"), Col.ASK))
    sheet.fill(sheet.line("Réponse"), outcome="Promesse", date=date(2026, 3, 20))
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved())
    assert results(bucket, done) == [("applied", None)]
    case = world.case()
    assert not any(isinstance(hold, UnreadReply) for hold in case.holds)
    promise = held(case, Promise)
    assert promise.promised_for == date(2026, 3, 20)
    assert (promise.by, promise.channel) == ("ap@client.example", "email")
    world.clock.advance(timedelta(minutes=5))
    sheet.fill(sheet.line("Réponse"), note="autre chose")
    assert results(bucket, bucket.drop(sheet.saved())) == [("over", "row-reply-over")]


def test_a_dispute_of_the_only_document_owed_names_it_by_itself() -> None:
    world = to_call()
    world.reply(next(c for c in world.carrier.sent if c.notice.debtor == "C002").reply_to)
    sheet = paper(world)
    sheet.fill(sheet.line("Réponse", "C002"), outcome="Litige", amount=Decimal(100))
    Bucket(world).drop(sheet.saved())
    assert held(world.case("C002"), Dispute).amounts == {"FB-1|invoice|1": Decimal(100)}


# ------------------------------------------------------------------ approvals


def answered(world: World, by: str = "Zoé Roux", *, skip: int = 0) -> Paper:
    """The notice approved, and its checks answered yes but for the last ones."""
    sheet = paper(world, by)
    sheet.fill(sheet.line("Approbation"), outcome="Approuver")
    checks = [n for n, row in enumerate(sheet.rows, 1) if row[0] == "↳ Contrôle"]
    assert len(checks) == 6
    for line in checks[: len(checks) - skip]:
        sheet.fill(line, outcome="Oui")
    return sheet


def test_a_formal_notice_is_approved_with_each_of_its_checks() -> None:
    world = to_approve()
    bucket = Bucket(world)
    done = bucket.drop(answered(world).saved())
    assert results(bucket, done) == [("applied", None)]
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert awaiting.approved_by == "zoe"
    assert "insolvency=confirmed" in last_entry(world).facts["checks"]
    assert "Part au prochain passage" in bucket.page(done)


def test_a_check_left_open_keeps_it_from_leaving_and_is_named() -> None:
    world = to_approve()
    bucket = Bucket(world)
    done = bucket.drop(answered(world, skip=1).saved())
    assert results(bucket, done) == [("refused", "checks-not-confirmed")]
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert awaiting.approved_by is None
    assert "factor" in bucket.page(done)


def test_a_check_answered_no_is_no_confirmation() -> None:
    world = to_approve()
    sheet = answered(world)
    sheet.fill(sheet.line("↳ Contrôle"), outcome="Non")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "checks-not-confirmed")]


def test_checks_alone_decide_nothing() -> None:
    world = to_approve()
    sheet = paper(world)
    sheet.fill(sheet.line("↳ Contrôle"), outcome="Oui")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "row-check-alone")]


def test_a_refusal_has_a_reason() -> None:
    world = to_approve()
    sheet = paper(world)
    sheet.fill(sheet.line("Approbation"), outcome="Refuser")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "row-needs-a-reason")]
    sheet.fill(sheet.line("Approbation"), note="ils ont appelé")
    world.clock.advance(timedelta(minutes=5))
    assert results(bucket, bucket.drop(sheet.saved())) == [("applied", None)]
    assert world.case().awaiting is None
    assert isinstance(world.case().holds[0], ManualHold)


def an_arrangement(world: World, by: str) -> None:
    terms = ArrangementTerms(ArrangementKind.SET_OFF, ("FA-1",), date(2026, 3, 30))
    note_arrangement("acme", "C001", terms, by, "", office=world.office)


@pytest.mark.parametrize("by", ["hugo", "Hugo Petit", "hugo@acme.example"])
def test_four_eyes_whatever_name_the_first_pair_was_typed_under(by: str) -> None:
    world = to_call()
    an_arrangement(world, by)
    sheet = paper(world, "Hugo Petit")
    sheet.fill(sheet.line("Accord"), outcome="Approuver")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "approver-recorded-it")]
    world.clock.advance(timedelta(minutes=5))
    assert results(bucket, bucket.drop(sheet.sign().saved())) == [("applied", None)]
    assert held(world.case(), Arrangement).approved_by == "claire"


def test_an_arrangement_refused_holds_nothing_any_more() -> None:
    world = to_call()
    an_arrangement(world, "hugo")
    sheet = paper(world)
    sheet.fill(sheet.line("Accord"), outcome="Refuser", note="trop tard")
    Bucket(world).drop(sheet.saved())
    assert world.case().holds == ()


# ------------------------------------------------------------------ whose it is


def test_each_collector_has_their_own_rows_and_everybody_has_all() -> None:
    world = to_call()
    everybody = Paper.of(written(world))
    assert len([row for row in everybody.rows if row[0] == "Appel"]) == 2
    for collector, code in (("claire", "C001"), ("hugo", "C002")):
        sheet = Paper.of(written(world, collector))
        assert [row[1] for row in sheet.rows if row[0] == "Appel"] == [code]


def test_an_approver_is_given_all_that_awaits_an_approval_and_nothing_else() -> None:
    world = to_approve()
    world.reply(world.carrier.sent[0].reply_to)
    kinds = [row[0] for row in Paper.of(written(world, "zoe")).rows[4:]]
    assert kinds[0] == "Approbation"
    assert "Réponse" not in kinds


def test_nothing_to_do_is_no_workbook() -> None:
    world = World(DUE)
    desk = world.office.open("acme")
    writer = XlsxWorklistWriter()
    assert worklist_workbook(desk, None, sheets=world.call_sheets, writer=writer) is None


def test_two_imports_of_one_row_at_the_same_time_apply_it_once() -> None:
    world = to_call()
    office = replace(world.office, stamp={ROW: "one", DROP: "a"})
    log_call("acme", "C001", "claire", CallResult("voicemail"), office=office)
    with pytest.raises(RowApplied):
        log_call("acme", "C001", "claire", CallResult("voicemail"), office=office)
    assert world.kinds().count("call-logged") == 1
