"""What a worklist that came back must never do: decide for another, twice, or against a no."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from relance.adapters.worklist_files.layout import Col
from relance.application import seen_reply
from relance.application.approvals import ApprovalRefused
from relance.application.close_matter import close_matter
from relance.application.log_call import CallResult, log_call
from relance.application.other_arrangements import approve
from relance.application.people import Findings, approve_notice
from relance.application.seen_reply import mark_seen
from relance.application.worklists.rows import Reference, RowKind
from relance.application.worklists.said import findings_of
from relance.domain.case import Case
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Colleague, Creditor
from relance.domain.escalation.other_arrangements import NotArranged
from relance.domain.holds import Arrangement
from tests.application.test_import_worklist import (
    an_arrangement,
    answered,
    last_entry,
    paper,
    results,
    rows,
    to_approve,
    to_call,
)
from tests.builders_xlsx import build_xlsx
from tests.worklists import Bucket, Paper
from tests.world import World

TWICE = Colleague("hp", "Hugo PETIT", "Hugo@acme.example")
"""Hugo the collector, declared an approver too under another key."""


def approved_by(world: World) -> str | None:
    awaiting = world.case().awaiting
    assert awaiting is not None
    return awaiting.approved_by


# ------------------------------------------------------------------ approvals


def test_one_no_is_a_no_whatever_another_row_says_of_the_check() -> None:
    world = to_approve()
    sheet = answered(world)
    sheet.rows.append(list(sheet.rows[sheet.line("↳ Contrôle") - 1]))
    sheet.fill(len(sheet.rows), outcome="Non")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "checks-not-confirmed")]
    assert approved_by(world) is None


def test_a_no_to_a_check_that_the_case_answers_since_is_a_no_too() -> None:
    world = to_approve()
    sheet = answered(world)
    line = sheet.line("↳ Contrôle")
    found = Reference.read(str(sheet.cell(line, Col.REFERENCE)), "acme")
    assert found is not None
    known = replace(found, mark="open-reply").text("acme")
    sheet.rows.append(list(sheet.rows[line - 1]))
    sheet.fill(len(sheet.rows), outcome="Non", reference=known)
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "checks-not-confirmed")]
    assert approved_by(world) is None


def test_a_message_is_approved_under_the_name_of_its_own_customer() -> None:
    """Else its report says it of another one, and nobody finds who wrote it."""
    world = to_approve()
    sheet = answered(world)
    line = sheet.line("Approbation")
    found = Reference.read(str(sheet.cell(line, Col.REFERENCE)), "acme")
    assert found is not None
    other = Reference(RowKind.APPROVAL, "C999", found.key).text("acme")
    sheet.fill(line, reference=other, debtor_code="C999")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "row-reference-of-another")]
    assert approved_by(world) is None


# ------------------------------------------------------------------ four eyes


def declared_twice(world: World) -> Creditor:
    creditor = world.office.creditors.get("acme")
    profile = replace(creditor.profile, approvers=(TWICE,))
    return world.office.creditors.save(replace(creditor, profile=profile))


@pytest.mark.parametrize("by", ["hp", "Hugo PETIT", "hugo"])
def test_who_is_declared_twice_is_one_person_for_an_arrangement(by: str) -> None:
    world = to_call()
    declared_twice(world)
    an_arrangement(world, by)
    sheet = paper(world, "hugo")
    sheet.fill(sheet.line("Accord"), outcome="Approuver")
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("refused", "approver-recorded-it")]
    for name in ("hp", "hugo", "Hugo@acme.example"):
        key = next(h.key for h in world.case().holds)
        with pytest.raises(NotArranged, match="approver-recorded-it"):
            approve("acme", "C001", key, name, office=world.office, postbox=world.postbox)


def test_who_is_declared_twice_is_one_person_for_a_message() -> None:
    world = to_approve()
    declared_twice(world)
    awaiting = world.case().awaiting
    assert awaiting is not None
    prepared = replace(world.stores.of("acme").notices.get(awaiting.id), prepared_by="hugo")
    world.stores.database.notices[("acme", prepared.id)] = prepared
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve_notice("acme", awaiting.id, "hp", office=world.office, confirmed=ALL_CHECKS)


# ------------------------------------------------------------------ at the same time


def test_a_call_that_somebody_logs_meanwhile_is_not_logged_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two contacts for one call would bring the formal notice nearer."""
    world = to_call()
    sheet = paper(world)
    sheet.fill(sheet.line("Appel"), outcome="Joint")

    def meanwhile(*said: Any) -> Findings:
        log_call("acme", "C001", "hugo", CallResult("voicemail"), office=world.office)
        return findings_of(*said)

    monkeypatch.setattr("relance.application.worklists.applying.findings_of", meanwhile)
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("over", "row-call-over")]
    assert world.kinds().count("call-logged") == 1


def test_what_is_found_in_a_reply_that_somebody_reads_meanwhile_is_not_lost_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = to_call()
    world.reply(world.carrier.sent[0].reply_to)
    sheet = paper(world)
    sheet.fill(sheet.line("Réponse"), outcome="Promesse", date=date(2026, 3, 20))
    withhold = seen_reply._withhold_planned
    first: list[str] = []

    def meanwhile(desk: Any, cases: Any, author: str, reply_id: str) -> None:
        if not first:
            first.append(author)
            mark_seen("acme", "C001", reply_id, "hugo", Findings(), office=world.office)
        withhold(desk, cases, author, reply_id)

    monkeypatch.setattr(seen_reply, "_withhold_planned", meanwhile)
    bucket = Bucket(world)
    done = bucket.drop(sheet.saved())
    assert results(bucket, done) == [("refused", "no-such-unread-reply")]
    assert rows(bucket, done)[0]["next"] == []


def test_an_arrangement_that_somebody_approves_meanwhile_is_not_ended_by_a_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The customer was told in writing that it is agreed."""
    world = to_call()
    an_arrangement(world, "zoe")
    sheet = paper(world, "hugo")
    sheet.fill(sheet.line("Accord"), outcome="Refuser", note="trop tard")
    key = world.case().holds[0].key

    def meanwhile(*who: Any, **how: Any) -> Case:
        approve("acme", "C001", key, "claire", office=world.office, postbox=world.postbox)
        return close_matter(*who, **how)

    monkeypatch.setattr("relance.application.worklists.applying.close_matter", meanwhile)
    bucket = Bucket(world)
    assert results(bucket, bucket.drop(sheet.saved())) == [("over", "row-arrangement-over")]
    (hold,) = world.case().holds
    assert isinstance(hold, Arrangement)
    assert hold.approved_by == "claire"


# ------------------------------------------------------------------ nothing of a row is lost


@pytest.mark.parametrize(
    ("outcome", "kept"), [("Lue, rien à noter", "Mme Roy · FA-2"), ("Règlement envoyé", "Mme Roy")]
)
def test_a_reply_keeps_who_and_what_was_written_beside_it(outcome: str, kept: str) -> None:
    world = to_call()
    world.reply(world.carrier.sent[0].reply_to)
    sheet = paper(world)
    sheet.fill(sheet.line("Réponse"), outcome=outcome, numbers="FA-2", spoke_to="Mme Roy")
    Bucket(world).drop(sheet.saved())
    assert last_entry(world).personal["note"] == kept


# ------------------------------------------------------------------ a sheet that was copied


def _two_sheets(first: Paper, second: Paper) -> bytes:
    return build_xlsx({"A": first.cells(), "B": second.cells()})


def test_the_sheet_that_was_filled_in_is_read_wherever_it_stands() -> None:
    world = to_call()
    copy = paper(world)
    copy.fill(copy.line("Appel"), outcome="Promesse", date=date(2026, 3, 20))
    bucket = Bucket(world)
    done = bucket.drop(_two_sheets(paper(world, ""), copy))
    assert results(bucket, done) == [("applied", None)]


def test_two_sheets_filled_in_are_refused_and_neither_is_dropped_in_silence() -> None:
    world = to_call()
    one, other = paper(world), paper(world)
    one.fill(one.line("Appel", "C002"), outcome="Joint")
    other.fill(other.line("Appel"), outcome="Promesse", date=date(2026, 3, 20))
    before = world.case("C002")
    bucket = Bucket(world)
    done = bucket.drop(_two_sheets(one, other))
    assert (done.status, done.code) == ("refused", "worklist-filled-twice")
    assert world.case("C002") == before
    assert "Gardez-en une seule" in bucket.page(done)
