"""What an approver confirms, who may approve, and who hears when nobody does (rule 8)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application import other_arrangements
from relance.application.approvals import ApprovalRefused, CheckList, checklist
from relance.application.other_arrangements import note_arrangement
from relance.application.people import approve_notice
from relance.application.ports import CaseChange
from relance.domain.checklist import ALL_CHECKS, Check, CheckCode
from relance.domain.creditor import Absence, Colleague, Collector, Creditor
from relance.domain.debtor import DebtorFlag, FlagKind
from relance.domain.escalation.other_arrangements import ArrangementTerms
from relance.domain.evidence import EvidenceDraft, ObjectRef
from relance.domain.holds import ArrangementKind
from relance.domain.open_item import ItemKey, OpenItem
from tests.builders import a_credit, a_creditor, a_debtor, an_invoice
from tests.world import World

DUE = date(2026, 3, 2)
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
ZOE = Colleague("zoe", "Zoé Roux", "zoe@acme.example")
CLAIRE, FINANCE = "claire@acme.example", "finance@acme.example"
KEY = ItemKey("FA-1|invoice|1")


def with_approvers(above: str = "10000") -> Creditor:
    creditor = a_creditor()
    profile = replace(creditor.profile, approvers=(ZOE,), approval_above=Decimal(above))
    return replace(creditor, profile=profile)


def awaiting(*items: OpenItem, creditor: Creditor | None = None) -> tuple[World, str]:
    """The evening of the day on which the formal notice was proposed."""
    world = World(DUE, creditor)
    world.owes(*(items or (an_invoice(due=DUE, amount="400"),)))
    day = DUE
    while world.case().awaiting is None:
        day += DAY
        world.run_days(day, day)
        assert day < DUE + 60 * DAY
    notice = world.case().awaiting
    assert notice is not None
    return world, notice.id


def approve(world: World, notice: str, by: str = "paul", *codes: str) -> None:
    approve_notice("acme", notice, by, office=world.office, confirmed=codes or ALL_CHECKS)


def seen(world: World, notice: str) -> CheckList:
    return checklist("acme", notice, office=world.office)


def file_document(world: World, kind: str, *items: str) -> None:
    case = world.case()
    ref = ObjectRef(f"acme/documents/{kind}", "1", kind.ljust(64, "0"))
    entry = EvidenceDraft(
        world.clock.now(), "import", f"document-{kind}", {"items": "; ".join(items)}, {}, (ref,)
    )
    world.stores.of("acme").cases.commit(CaseChange(case, entry))


# ------------------------------------------------------------------ the check-list


def test_the_list_says_what_the_file_shows_and_what_is_left_to_confirm() -> None:
    world, notice = awaiting()
    found = seen(world, notice)
    assert found.asked == {"EUR": Decimal(400)}
    known = {check.code for check in found.checks if check.is_known}
    assert known == {CheckCode.REPLY, CheckCode.DISPUTE, CheckCode.CREDIT}
    assert [check.code for check in found.checks] == list(CheckCode)
    office = next(c for c in found.checks if c.code is CheckCode.REGISTERED_OFFICE)
    assert office.seen == "12 RUE DES LILAS, 31000 TOULOUSE"


@pytest.mark.parametrize(
    ("kind", "code"), [("order", CheckCode.ORDER), ("delivery", CheckCode.DELIVERY)]
)
def test_a_document_on_file_answers_for_the_items_that_it_names(kind: str, code: CheckCode) -> None:
    world, notice = awaiting()
    file_document(world, kind, "FA-9|invoice|1")
    assert check(world, notice, code).items == (KEY,)
    file_document(world, kind, "FA-9|invoice|1", KEY)
    assert check(world, notice, code).is_known


def check(world: World, notice: str, code: CheckCode) -> Check:
    return next(one for one in seen(world, notice).checks if one.code is code)


def test_a_reply_or_a_credit_is_something_to_look_at() -> None:
    world, notice = awaiting()
    world.reply(world.carrier.sent[0].reply_to)
    assert check(world, notice, CheckCode.REPLY).seen == "r1"
    credit = a_credit(amount="-10", issued=DUE)
    world, notice = awaiting(an_invoice(due=DUE, amount="400"), credit)
    assert check(world, notice, CheckCode.CREDIT).items == (credit.key,)


@pytest.mark.parametrize(
    ("insurer", "factor", "known"),
    [("", "", {CheckCode.INSURER, CheckCode.FACTOR}), ("Coface", "", {CheckCode.FACTOR})],
)
def test_insurer_and_factor_are_known_when_the_accounts_say_that_there_is_none(
    insurer: str, factor: str, known: set[CheckCode]
) -> None:
    item = replace(an_invoice(due=DUE, amount="400"), insurer=insurer, factor=factor)
    world, notice = awaiting(item)
    third = {CheckCode.INSURER, CheckCode.FACTOR}
    assert {c.code for c in seen(world, notice).checks if c.is_known} & third == known


def test_nobody_approves_what_is_not_confirmed_check_by_check() -> None:
    world, notice = awaiting()
    with pytest.raises(ApprovalRefused, match="checks-not-confirmed") as caught:
        approve(world, notice, "paul", CheckCode.INSOLVENCY)
    assert caught.value.detail["checks"] == (
        "registered-office order-proof delivery-proof insurer factor"
    )
    with pytest.raises(ApprovalRefused, match="check-unknown"):
        approve(world, notice, "paul", "isolvency")
    case = world.case().awaiting
    assert case is not None
    assert case.approved_by is None


def test_what_was_confirmed_is_kept_in_evidence_with_who_did() -> None:
    world, notice = awaiting()
    file_document(world, "order", KEY)
    approve(world, notice)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("notice-approved", "paul")
    said = dict(pair.split("=") for pair in entry.facts["checks"].split())
    assert said["insolvency"] == "confirmed"
    assert (said["order-proof"], said["open-reply"]) == ("known", "known")


# ------------------------------------------------------------------ who may


@pytest.mark.parametrize("by", ["claire", "CLAIRE ", "claire  martin", "Claire@acme.example"])
@pytest.mark.parametrize("amount", ["400", "40000"])
def test_who_prepared_it_does_not_approve_it_however_they_write_their_name(
    by: str, amount: str
) -> None:
    world, notice = awaiting(an_invoice(due=DUE, amount=amount))
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve(world, notice, by)
    approve(world, notice, "paul")


def test_an_approver_who_prepared_it_does_not_approve_it_either() -> None:
    creditor = with_approvers("100")
    claire = Colleague("cm", "Claire Martin", CLAIRE)
    profile = replace(creditor.profile, approvers=(ZOE, claire))
    world, notice = awaiting(creditor=replace(creditor, profile=profile))
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve(world, notice, "cm")
    approve(world, notice, "zoe")


def test_the_backup_who_was_in_charge_that_day_prepared_it_and_the_collector_may_approve() -> None:
    creditor = a_creditor()
    (claire,) = creditor.profile.collectors
    away = replace(claire, backup="hugo", absences=(Absence(DUE, DUE + 60 * DAY),))
    hugo = Collector("hugo", "Hugo Petit", "hugo@acme.example", "+33 4 00 00 00 02")
    profile = replace(creditor.profile, collectors=(away, hugo))
    world, notice = awaiting(creditor=replace(creditor, profile=profile))
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve(world, notice, "Hugo Petit")
    approve(world, notice, "claire")


@pytest.mark.parametrize(("amount", "is_allowed"), [("10000", True), ("10000.01", False)])
def test_a_reminder_is_confirmed_by_its_own_collector_up_to_the_amount(
    amount: str, is_allowed: bool
) -> None:
    world = World(DUE)
    flag = DebtorFlag(FlagKind.CONFIRM_ALL, "fragile", "claire", DUE, DUE + 30 * DAY, "claire")
    world.owes(an_invoice(due=DUE, amount=amount), debtor=replace(a_debtor(), flag=flag))
    world.run_days(DUE, DUE + 3 * DAY)
    notice = world.case().awaiting
    assert notice is not None
    if not is_allowed:
        with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
            approve(world, notice.id, "claire")
        return
    approve(world, notice.id, "claire")


@pytest.mark.parametrize("by", ["zoe", "Zoé Roux", "ZOE@acme.example"])
def test_above_the_amount_a_declared_approver_approves(by: str) -> None:
    world, notice = awaiting(creditor=with_approvers("399.99"))
    assert seen(world, notice).only_approvers
    with pytest.raises(ApprovalRefused, match="approver-not-declared"):
        approve(world, notice, "paul")
    approve(world, notice, by)


def test_up_to_the_amount_anybody_else_approves() -> None:
    world, notice = awaiting(creditor=with_approvers("400"))
    assert not seen(world, notice).only_approvers
    approve(world, notice, "paul")


def test_without_declared_approvers_four_eyes_are_enough() -> None:
    world, notice = awaiting(an_invoice(due=DUE, amount="40000"))
    approve(world, notice, "paul")


# ------------------------------------------------------------------ nobody answers


def told(world: World) -> list[tuple[date, str, str]]:
    """Day, recipient and reason of each approval that somebody is told of."""
    return [
        (context["day"], to, one["reason"])
        for template, to, context in world.staff.told
        if template == "worklist"
        for one in context["approvals"]
    ]


def test_an_approval_is_reminded_after_two_working_days_and_escalated_after_five_once_each() -> (
    None
):
    """Proposed on Thursday 16 April 2026."""
    world, _ = awaiting(creditor=with_approvers())
    proposed = world.today
    assert proposed == date(2026, 4, 16)
    world.staff.told.clear()
    world.run_days(proposed + DAY, proposed + 21 * DAY)
    assert told(world) == [
        (date(2026, 4, 20), CLAIRE, "approval-reminder"),
        (date(2026, 4, 20), FINANCE, "approval-reminder"),
        (date(2026, 4, 23), CLAIRE, "approval-escalated"),
        (date(2026, 4, 23), FINANCE, "approval-escalated"),
        (date(2026, 4, 23), ZOE.email, "approval-escalated"),
    ]
    kinds = world.kinds()
    assert kinds.count("approval-reminder") == kinds.count("approval-escalated") == 1


def test_once_approved_nobody_is_reminded() -> None:
    world, notice = awaiting()
    approve(world, notice)
    world.staff.told.clear()
    world.run_days(world.today + DAY, world.today + 10 * DAY)
    assert not told(world)


def test_a_formal_notice_of_two_codes_is_reminded_once() -> None:
    world = World(DUE)
    for code in ("C001", "C002"):
        world.owes(an_invoice(f"F-{code}", due=DUE, amount="400"), debtor=a_debtor(code))
    while world.case().awaiting is None:
        world.run_days(world.today + DAY, world.today + DAY)
    first, second = world.case("C001").awaiting, world.case("C002").awaiting
    assert first is not None
    assert second is not None
    assert first.id == second.id
    world.staff.told.clear()
    world.run_days(world.today + DAY, world.today + 4 * DAY)
    assert [to for _, to, reason in told(world) if reason == "approval-reminder"] == [
        CLAIRE,
        FINANCE,
    ]


def arranged() -> World:
    """Noted on Monday 9 March 2026: it lapses on the 17th."""
    world = World(DUE, with_approvers())
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, MONDAY)
    terms = ArrangementTerms(ArrangementKind.SET_OFF, ("FA-1",), date(2026, 4, 30))
    note_arrangement("acme", "C001", terms, "claire", "", office=world.office)
    world.staff.told.clear()
    return world


def told_of_arrangements(world: World) -> list[tuple[date, str, str, str]]:
    return [
        (context["day"], to, one["reason"], one["command"])
        for template, to, context in world.staff.told
        if template == "worklist"
        for one in context["tasks"]
        if one["kind"] == "arrangement"
    ]


def test_an_arrangement_is_reminded_and_escalated_like_a_message_before_it_lapses() -> None:
    world = arranged()
    (hold,) = world.case().holds
    world.run_days(MONDAY + DAY, MONDAY + 21 * DAY)
    command = f"relance arrange-approve acme C001 {hold.key}"
    second, fifth = date(2026, 3, 11), date(2026, 3, 16)
    assert told_of_arrangements(world) == [
        (second, CLAIRE, "approval-reminder", command),
        (second, FINANCE, "approval-reminder", command),
        (fifth, CLAIRE, "approval-escalated", command),
        (fifth, FINANCE, "approval-escalated", command),
        (fifth, ZOE.email, "approval-escalated", command),
    ]
    kinds = world.kinds()
    assert (kinds.count("approval-reminder"), kinds.count("approval-escalated")) == (1, 1)
    assert not world.case().holds


def test_nobody_is_told_again_of_an_arrangement_once_it_is_approved() -> None:
    world = arranged()
    (hold,) = world.case().holds
    other_arrangements.approve(
        "acme", "C001", hold.key, "zoe", office=world.office, postbox=world.postbox
    )
    world.run_days(MONDAY + DAY, MONDAY + 21 * DAY)
    assert told_of_arrangements(world) == []
