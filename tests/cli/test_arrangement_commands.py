"""What is agreed with a customer, typed as it would be, on the real adapters."""

from datetime import timedelta

import pytest

from functions.plan_notices import app as plan_notices
from functions.render_letter import app as render_letter
from functions.send_notice import app as send_notice
from relance.cli.deployed import Deployment as Deployed
from relance.domain.holds import Dispute, Plan, Promise
from tests.cli.test_people_commands import (  # noqa: F401 - the fixture of all these commands
    case,
    deployment,
    history,
    reply,
    typed,
)
from tests.functions.aws import Deployment, with_body
from tests.functions.test_main_job import CONTEXT, MONDAY, noon

LATER = (MONDAY + timedelta(days=9)).isoformat()
OWNER = ("--owner-email", "leo@acme.example", "--by", "ana")


def sent(made: Deployment) -> int:
    """What leaves now, letters first: how many messages."""
    letters = list(made.take("LETTER"))
    if letters:
        render_letter.handler(with_body("render_letter", *letters), CONTEXT)
    mails = list(made.take("SEND"))
    if mails:
        send_notice.handler(with_body("send_notice", *mails), CONTEXT)
    return len(letters) + len(mails)


def key_of(kind: type[object]) -> str:
    return next(hold.key for hold in case().holds if isinstance(hold, kind))


def test_a_promise_is_noted_and_its_recap_leaves(deployment: Deployment) -> None:  # noqa: F811
    said = typed(
        "promise", "acme", "C0001", LATER, "--by", "ana", "--with", "Mme Roux", "--means", "cheque"
    )
    assert f"promise for {LATER}" in said
    assert f"Written to the customer (promise_recap): leaves on {MONDAY}" in said
    assert "Decided again on" in said
    assert sent(deployment) == 1
    assert ("promise-noted", "ana") in history()
    assert history()[-1] == ("notice-sent", "system")
    promise = next(hold for hold in case().holds if isinstance(hold, Promise))
    assert (promise.by, promise.means) == ("Mme Roux", "cheque")


def test_a_promise_beyond_the_limits_needs_a_reason(deployment: Deployment) -> None:  # noqa: F811
    late = (MONDAY + timedelta(days=60)).isoformat()
    assert "--reason" in typed("promise", "acme", "C0001", late, "--by", "ana", status=2)
    assert "Recorded" in typed(
        "promise", "acme", "C0001", late, "--by", "ana", "--reason", "the board agreed"
    )
    assert ("promise-noted", "ana") in history()


def test_a_dispute_is_noted_decided_and_ended(deployment: Deployment) -> None:  # noqa: F811
    said = typed("dispute", "acme", "C0001", "price", "--item", "FA-1", "--amount", "100", *OWNER)
    assert "Its owner was written to" in said
    assert "(dispute_noted)" in said
    dispute = key_of(Dispute)
    where = ("acme", "C0001", dispute)
    assert "--proof" in typed("resolve-dispute", *where, "rejected", "--by", "ana", status=2)
    no_proof = ("rejected", "--proof", "x.pdf", "--by", "ana")
    assert "no document" in typed("resolve-dispute", *where, *no_proof, status=2)
    decided = typed("resolve-dispute", *where, "credit_expected", "--by", "ana")
    assert "credit_expected" in decided
    assert ("dispute-decided", "ana") in history()
    assert ("owner-told", "system") in history()
    assert "not an e-mail" in typed(
        "dispute", "acme", "C0001", "price", "--owner-email", "leo", "--by", "a", status=2
    )


def test_what_is_to_mend_waits_for_its_owner(deployment: Deployment) -> None:  # noqa: F811
    said = typed(
        "mend", "acme", "C0001", "new PO number", "--item", "FA-1", "--target", LATER, *OWNER
    )
    assert "Its owner was written to" in said
    shown = typed("case", "acme", "C0001")
    assert "Task: mend" in shown
    (hold,) = case().holds
    assert isinstance(hold, Dispute)
    assert hold.is_ours
    (task,) = (t for t in case().tasks if t.kind == "mend")
    typed("done", "acme", "C0001", task.key, "--by", "ana")
    (hold,) = case().holds
    assert isinstance(hold, Dispute)
    assert hold.resolved_on is not None


def test_a_plan_is_proposed_agreed_and_ended(deployment: Deployment) -> None:  # noqa: F811
    first = (MONDAY + timedelta(days=30)).isoformat()
    said = typed("plan-propose", "acme", "C0001", "234.56", "4", first, "--by", "ana")
    assert "plan proposed of 1234.56 EUR" in said
    assert "(plan_agreement)" in said
    assert sent(deployment) >= 1
    assert "plan to sign" in typed("todo", "acme")
    plan = key_of(Plan)
    assert "plan agreed" in typed("plan-agree", "acme", "C0001", plan, "--by", "ana")
    refused = typed("done", "acme", "C0001", plan, "--by", "ana", status=2)
    assert "relance plan-end" in refused
    ended = typed("plan-end", "acme", "C0001", plan, "--reason", "no news", "--by", "paul")
    assert "plan ended" in ended
    assert {"plan-proposed", "plan-agreed", "plan-ended"} <= {kind for kind, _ in history()}


def test_an_arrangement_is_approved_by_somebody_else(deployment: Deployment) -> None:  # noqa: F811
    said = typed("arrange", "acme", "C0001", "set_off", LATER, "--item", "FA-1", "--by", "ana")
    assert "to approve" in said
    assert "arrangement to approve" in typed("todo", "acme")
    key = case().holds[0].key
    assert "cannot be the one" in typed(
        "arrange-approve", "acme", "C0001", key, "--by", "ana", status=2
    )
    assert "approved by paul" in typed("arrange-approve", "acme", "C0001", key, "--by", "paul")


def test_holds_of_an_item_a_debtor_and_a_creditor(deployment: Deployment) -> None:  # noqa: F811
    reason = ("--reason", "to look at", "--by", "ana")
    assert "Recorded: hold-" in typed("hold", "acme", "C0001", "--item", "FA-1", *reason)
    assert "Recorded: hold-" in typed("hold", "acme", "C0001", "--until", LATER, *reason)
    several = typed("unhold", "acme", "C0001", "--by", "ana", status=2)
    assert "No hold has that name" in several
    for hold in case().holds:
        typed("unhold", "acme", "C0001", hold.key, "--by", "ana")
    assert case().holds == ()
    held = typed("hold", "acme", "--until", LATER, *reason)
    assert f"nothing leaves until {LATER}" in held
    office = Deployed.find(None).office
    assert office.creditors.get("acme").pause is not None
    assert "is running again" in typed("unhold", "acme", "--by", "ana")
    assert office.creditors.get("acme").pause is None


def test_a_pause_is_over_when_its_last_day_is(deployment: Deployment) -> None:  # noqa: F811
    day = MONDAY + timedelta(days=1)
    typed("hold", "acme", "--until", MONDAY.isoformat(), "--reason", "x", "--by", "ana")
    deployment.at(noon(day, 7))
    plan_notices.handler({"scheduled_at": noon(day, 7).isoformat()}, CONTEXT)
    assert Deployed.find(None).office.creditors.get("acme").pause is None


def test_what_a_reply_promises_is_confirmed_the_same_day(
    deployment: Deployment,  # noqa: F811
) -> None:
    unread = reply(deployment)
    said = typed("seen", "acme", "C0001", unread, "--promise", LATER, "--by", "ana")
    assert f"Written to the customer (promise_recap): leaves on {MONDAY}" in said
    assert sent(deployment) == 1
    assert history()[-1] == ("notice-sent", "system")


@pytest.mark.parametrize("command", ["promise", "dispute", "plan-propose", "arrange", "hold"])
def test_each_command_says_what_it_takes(command: str) -> None:
    assert typed(command, "--help")
