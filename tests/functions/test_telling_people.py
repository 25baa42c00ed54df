"""People are mailed when something waits for them: the real events, the real templates."""

import email
import json
from dataclasses import replace
from datetime import date, timedelta
from email import policy

import pytest

from functions.plan_notices import app as plan_notices
from functions.record_delivery import app as record_delivery
from functions.send_notice import app as send_notice
from functions.sweep import app as sweep
from relance import bootstrap
from relance.adapters.ses_mailer import SesMailer
from relance.application.ports import CaseChange, SendOutcomeUnknown
from relance.domain.case import Outcome, PerformedStep, Progress
from relance.domain.creditor import Colleague
from relance.domain.policy import Level
from tests.functions.aws import Deployment, event, with_body
from tests.functions.test_main_job import MONDAY, noon, planned, run, sent_mails


def subjects_to(address: str) -> list[str]:
    found = [m for m in sent_mails() if address in str(m.destinations)]
    mails = [email.message_from_string(m.raw_data, policy=policy.default) for m in found]
    return [" ".join(str(mail["Subject"]).split()) for mail in mails]


def test_the_calls_of_a_day_are_mailed_to_the_collector_once(deployment: Deployment) -> None:
    """In the mail of the morning, here by the schedule an hour after the run, delivered twice as
    any event may be.
    """
    (body,) = planned(deployment)
    run(send_notice.handler, with_body("send_notice", body))
    days = [MONDAY + timedelta(days=n) for n in range(1, 5)]
    for day in days:
        for page in pages_of(deployment, day):
            run(plan_notices.handler, with_body("plan_notices_page", page))
        for _ in range(2):
            deployment.at(noon(day, 8))
            run(plan_notices.handler, {"scheduled_at": noon(day, 8).isoformat()})
    told = [one for one in subjects_to("claire@acme.example") if "appel" in one]
    assert told == ["Relance du 27/11/2026 : 1 appel"]


def pages_of(deployment: Deployment, day: date) -> list[str]:
    """The balance exported again, then the run of 08:00."""
    office = bootstrap.office(deployment.settings)
    creditor = office.creditors.get("acme")
    office.creditors.save(replace(creditor, balance=replace(creditor.balance, as_of=day)))
    deployment.at(noon(day, 7))
    run(plan_notices.handler, {"scheduled_at": noon(day, 7).isoformat()})
    return list(deployment.take("PLAN"))


def test_a_bounce_is_mailed_to_the_collector(deployment: Deployment) -> None:
    (body,) = planned(deployment)
    run(send_notice.handler, with_body("send_notice", body))
    bounce = json.loads(event("record_delivery_bounce")["Records"][0]["body"])
    notice_id = json.loads(body)["notice_id"]
    bounce["detail"]["mail"]["tags"] |= {"notice": [notice_id], "creditor": ["acme"]}
    for _ in range(2):
        run(record_delivery.handler, with_body("record_delivery_bounce", json.dumps(bounce)))
    (subject,) = subjects_to("claire@acme.example")
    assert subject.startswith("Contact à trouver : Menuiserie Dupont (C0001)")


def test_the_sweep_mails_finance_what_may_have_left(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    (body,) = planned(deployment)
    deployment.at(noon(MONDAY, 9))

    def time_out(*_: object) -> str:
        raise SendOutcomeUnknown("mail-outcome-unknown")

    with monkeypatch.context() as patch:
        patch.setattr(SesMailer, "send", time_out)
        run(send_notice.handler, with_body("send_notice", body))
    before = len(subjects_to("finance@acme.example"))
    for hour in (9, 10, 11):
        deployment.at(noon(MONDAY, hour) + timedelta(minutes=30))
        answer = run(sweep.handler, event("sweep"))
        assert answer["doubtful"] == [json.loads(body)["notice_id"]]
    told = subjects_to("finance@acme.example")[before:]
    assert told == ["1 envoi dont on ne sait pas s’il est parti"]


def test_a_salesperson_is_mailed_before_level_2_with_an_address_that_is_read(
    deployment: Deployment,
) -> None:
    planned(deployment)
    office = bootstrap.office(deployment.settings)
    creditor = office.creditors.get("acme")
    sonia = Colleague("sonia", "Sonia Bel", "sonia@acme.example")
    profile = replace(creditor.profile, salespeople=(sonia,))
    office.creditors.save(replace(creditor, profile=profile))
    store = office.stores.of("acme").cases
    case = office.open("acme").case("C0001")
    done = tuple(
        PerformedStep(name, day, day, Outcome.SENT, name, Level.LEVEL_1)
        for name, day in (("email_1", MONDAY), ("email_2", MONDAY + timedelta(days=4)))
    )
    progress = {key: Progress(done) for key in case.items}
    debtor = replace(case.debtor, salesperson="Sonia Bel")
    store.commit(CaseChange(replace(case, debtor=debtor, progress=progress, live=None), None))
    for page in pages_of(deployment, MONDAY + timedelta(days=14)):
        for _ in range(2):
            run(plan_notices.handler, with_body("plan_notices_page", page))
    (mail,) = [m for m in sent_mails() if "sonia@acme.example" in str(m.destinations)]
    told = email.message_from_string(mail.raw_data, policy=policy.default)
    assert told["Reply-To"] == "claire@acme.example"
    body = told.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    assert "Menuiserie Dupont (C0001)" in text
    assert "Part au plus tôt le 10 décembre 2026" in text
    assert "Répondez à ce message" in text
    assert "Personne ne lit" not in text
