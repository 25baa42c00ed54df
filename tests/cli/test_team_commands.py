"""The commands of approvers, salespeople and of who flags or takes back, typed on real adapters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.application.ports import CaseChange, NoticeChange
from relance.cli.deployed import Deployment as Deployed
from relance.domain.case import Announcement, Case, LiveNotice, Outcome, PerformedStep, Progress
from relance.domain.debtor import FlagKind
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level
from relance.domain.task import Task, TaskKind
from tests.cli.test_people_commands import case, deployment, history, run_day, typed
from tests.functions.aws import Deployment
from tests.functions.test_main_job import MONDAY

__all__ = ["deployment"]
DAY = timedelta(days=1)


def changed(change: Callable[[Case], Case]) -> None:
    Deployed.find(None).office.open("acme").cases.commit(CaseChange(change(case()), None))


def key() -> ItemKey:
    return next(iter(case().items))


def test_a_flag_says_what_it_changes_and_stops_what_follows(deployment: Deployment) -> None:
    refused = typed("flag", "acme", "C0001", "never", "--by", "paul", status=2)
    assert "Say why" in refused
    said = typed("flag", "acme", "C0001", "never", "--by", "paul", "--reason", "filiale")
    assert "C0001 is now never, to review on 2026-12-23" in said
    assert history()[-1] == ("debtor-flagged", "paul")
    assert "Flag: never (filiale), paul" in typed("case", "acme", "C0001")
    before = len(history())
    for day in range(24, 28):
        run_day(deployment, date(2026, 11, day))
    assert len(history()) == before
    assert "is now normal" in typed(
        "flag", "acme", "C0001", "normal", "--by", "zoe", "--reason", "vendue"
    )
    assert case().debtor.flag_kind is FlagKind.NORMAL


def test_a_review_later_than_a_month_is_refused_with_the_latest_day(
    deployment: Deployment,
) -> None:
    words = ("flag", "acme", "C0001", "never", "--by", "p", "--reason", "x", "--review")
    assert "2026-12-23 at the latest" in typed(*words, "2027-03-01", status=2)


def test_a_salesperson_s_stop_is_typed_for_them(deployment: Deployment) -> None:
    words = ("sales-stop", "acme", "C0001", "--by", "sonia", "--days", "3")
    assert "was announced" in typed(*words, "--reason", "salon", status=2)
    note = Announcement("sales-1", (key(),), "sonia", MONDAY, MONDAY + 3 * DAY)
    changed(lambda one: replace(one, announced=(note,)))
    assert "Held back until 2026-11-26" in typed(*words, "--reason", "salon")
    assert history()[-1] == ("level-2-stopped", "sonia")
    assert "once is allowed" in typed(*words, "--reason", "salon", status=2)
    assert "held back until 2026-11-26" in typed("case", "acme", "C0001")


def _awaiting(notice: Notice) -> LiveNotice:
    return LiveNotice(
        notice.id, notice.status, notice.step, MONDAY, notice.asked, notice.performs, "mark"
    )


@pytest.fixture
def notice(deployment: Deployment) -> Notice:
    """A formal notice that awaits its approval."""
    desk = Deployed.find(None).office.open("acme")
    (sent,) = desk.stores.notices.of_case("C0001")
    formal = replace(
        sent,
        id="formal",
        status=NoticeStatus.AWAITING_APPROVAL,
        step="formal_notice",
        level=Level.LEVEL_3,
        is_formal_notice=True,
        reply_token="f" * 32,
        message_id=None,
    )
    busy = replace(case(), awaiting=_awaiting(formal))
    desk.cases.commit(CaseChange(busy, None, notices=(NoticeChange(formal, None),)))
    return formal


def test_an_approval_takes_its_check_list_confirmed(notice: Notice) -> None:
    shown = typed("checklist", "acme", notice.id, "--lang", "en")
    for text in ("€1,234.56", "insolvency", "The address is that of the registered office"):
        assert text in shown
    refused = typed("approve", "acme", notice.id, "--by", "paul", status=2)
    assert "insolvency registered-office order-proof delivery-proof" in refused
    approve = ("approve", "acme", notice.id, "--by", "paul")
    part = typed(*approve, "--confirm", "insolvency", "--confirm", "insurer", status=2)
    assert "insolvency" not in part
    assert "Unknown check" in typed(*approve, "--confirm", "nothing", status=2)
    assert "Approved" in typed(*approve, "--confirm-all")
    assert history()[-1] == ("notice-approved", "paul")


def test_the_check_list_speaks_the_language_of_the_creditor(notice: Notice) -> None:
    assert "Pas de procédure collective" in typed("checklist", "acme", notice.id)


def test_a_file_says_what_it_lacks_and_is_taken_back(deployment: Deployment) -> None:
    shown = typed("claim-file", "acme", "C0001")
    assert "Manque : contrat ou commande: FA-1" in shown
    assert "Manque : mise en demeure: FA-1" in shown
    take = ("take-back", "acme", "C0001", "--by", "paul", "--reason", "accord")
    assert "nothing to take back" in typed(*take, status=2)

    def handed(one: Case) -> Case:
        item = one.items[next(iter(one.items))]
        step = PerformedStep(
            "hand_over", MONDAY, MONDAY, Outcome.TASK_OPENED, "t", Level.LITIGATION
        )
        task = Task("hand_over-1", TaskKind.HAND_OVER, MONDAY, MONDAY)
        return replace(one, progress={item.key: Progress((step,))}, tasks=(task,))

    changed(handed)
    assert "Taken back" in typed(*take, "--until", "2026-12-01")
    assert history()[-1] == ("taken-back", "paul")
    assert not case().tasks
    assert "taken-back until 2026-12-01" in typed("case", "acme", "C0001")


def test_a_formal_notice_is_ordered_sooner_and_the_order_withdrawn(deployment: Deployment) -> None:
    words = ("order-notice", "acme", "C0001", "--by", "Léa [x]")
    assert "Say why" in typed(*words, status=2)
    assert "number FA-7" in typed(*words, "--item", "FA-7", "--reason", "x", status=2)
    said = typed(*words, "--item", "FA-1", "--reason", "il déménage")
    assert "Ordered, for 1 document(s)" in said
    assert history()[-1] == ("formal-notice-ordered", "Léa [x]")
    assert "Formal notice ordered by Léa [x] on 2026-11-23" in typed("case", "acme", "C0001")
    assert "Withdrawn" in typed(*words, "--withdraw", "--reason", "payé")
    assert history()[-1] == ("formal-notice-order-withdrawn", "Léa [x]")
    assert case().ordered is None
