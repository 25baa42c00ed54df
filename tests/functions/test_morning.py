"""The mail of the morning, from the pages of the queue to the mailbox: real events, real store."""

import json
from datetime import timedelta

import pytest

from functions.plan_notices import app as plan_notices
from tests.functions.aws import Deployment, with_body
from tests.functions.test_main_job import MONDAY, imported, noon, run
from tests.functions.test_telling_people import subjects_to

FINANCE = "finance@acme.example"
LEAVES = "Relance du 23/11/2026 : 1 message part"


def plan_queue(deployment: Deployment) -> list[str]:
    return list(deployment.take("PLAN"))


def started(deployment: Deployment) -> list[str]:
    imported(deployment)
    deployment.at(noon(MONDAY, 7))
    run(plan_notices.handler, {"scheduled_at": noon(MONDAY, 7).isoformat()})
    return plan_queue(deployment)


def deliver(*bodies: str) -> None:
    for body in bodies:
        run(plan_notices.handler, with_body("plan_notices_page", body))


def mornings(deployment: Deployment) -> list[str]:
    return [subject for subject in subjects_to(FINANCE) if subject.startswith("Relance du")]


def test_the_last_page_brings_the_mail_and_twice_brings_it_once(deployment: Deployment) -> None:
    pages = started(deployment)
    deliver(*pages, *pages)
    asked = plan_queue(deployment)
    assert {tuple(sorted(json.loads(body))) for body in asked} == {("creditor", "morning", "today")}
    assert mornings(deployment) == []
    deliver(*asked, *asked)
    assert mornings(deployment) == [LEAVES]


def test_an_hour_later_it_leaves_whatever_became_of_the_queue(deployment: Deployment) -> None:
    deliver(*started(deployment))
    for _ in range(2):
        deployment.at(noon(MONDAY, 8))
        run(plan_notices.handler, {"scheduled_at": noon(MONDAY, 8).isoformat()})
    assert mornings(deployment) == [LEAVES]
    deliver(*plan_queue(deployment))
    assert mornings(deployment) == [LEAVES]


def test_a_message_of_yesterday_writes_nothing(deployment: Deployment) -> None:
    deliver(*started(deployment))
    deployment.at(noon(MONDAY + timedelta(days=1), 7))
    deliver(*plan_queue(deployment))
    assert mornings(deployment) == []


def test_the_log_names_nobody(deployment: Deployment, caplog: pytest.LogCaptureFixture) -> None:
    deliver(*started(deployment))
    caplog.clear()
    deliver(*plan_queue(deployment))
    (logged,) = [record for record in caplog.records if record.name == "relance"]
    assert (logged.getMessage(), vars(logged)["sent"]) == ("morning mails", 2)
    for private in ("Dupont", "C0001", "acme.example", "1234"):
        assert private not in str(vars(logged))
