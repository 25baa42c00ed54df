"""`policy.yaml`: the creditor's own escalation."""

import json
from dataclasses import replace
from datetime import time

from relance.application.drop_contents import PolicyFile
from relance.domain.creditor_config import with_profile
from relance.domain.debtor import PayerProfile
from relance.domain.policy import Approval, Policy
from relance.domain.policy_overrides import Overrides, StepChange
from relance.domain.sending_days import Weekday
from tests.application.fakes_import import ImportWorld, new_creditor
from tests.builders import standard_policy

STANDARD = standard_policy()
OURS = replace(STANDARD, name="ours", formal_notice_days=20)


def world() -> ImportWorld:
    return ImportWorld(new_creditor())


def policy_of(world: ImportWorld) -> Policy:
    return world.doors().office.open("acme").policy


def test_it_decides_from_then_on_and_is_a_decision_with_its_author() -> None:
    acme = world()
    outcome = acme.drop(PolicyFile(OURS), key="acme/policy.yaml", uploaded_by="Paul")
    assert (outcome.status, policy_of(acme)) == ("applied", OURS)
    (entry,) = acme.stores.creditors.history("acme")
    assert (entry.kind, entry.actor, entry.facts["policy"]) == ("policy-changed", "Paul", "ours")
    assert acme.reports.get(entry.facts["kept"])
    assert not acme.creditor.is_importing


def test_the_same_again_decides_nothing() -> None:
    acme = world()
    acme.drop(PolicyFile(OURS), content=b"once")
    outcome = acme.drop(PolicyFile(OURS), content=b"twice")
    assert outcome.status == "unchanged"
    assert len(acme.stores.creditors.history("acme")) == 1


def test_every_case_is_to_be_looked_at_again_and_the_report_says_so() -> None:
    acme = world()
    outcome = acme.drop(PolicyFile(OURS), content=b"once")
    assert acme.creditor.look_again_after == ""
    assert outcome.report_key is not None
    assert json.loads(acme.reports.get(outcome.report_key))["next"] == ["cases-looked-at-again"]
    acme.stores.creditors.save(replace(acme.creditor, look_again_after=None))
    acme.drop(PolicyFile(OURS), content=b"twice")
    assert acme.creditor.look_again_after is None, "nothing changed"


def test_a_calendar_changed_in_the_creditor_file_has_the_cases_looked_at_again_too() -> None:
    known = new_creditor()
    for changed in (
        {"min_days_between_reminders": 5},
        {"holidays": "FR-57"},
        {"quiet_periods": ()},
        {"policy": "gentle"},
    ):
        profile = replace(known.profile, **changed)
        assert with_profile(known, profile, known.payment, "Paul").look_again_after == ""
    finance = replace(known.profile, finance_email="f@acme.example")
    assert with_profile(known, finance, known.payment, "Paul").look_again_after is None


def test_a_shipped_policy_ends_the_creditors_own() -> None:
    acme = world()
    acme.drop(PolicyFile(OURS))
    acme.drop(PolicyFile(STANDARD))
    assert (acme.creditor.own_policy, policy_of(acme)) == (None, STANDARD)


def test_a_formal_notice_always_waits_for_a_person() -> None:
    steps = tuple(
        replace(step, approval=Approval.AUTO) if step.is_formal_notice else step
        for step in OURS.steps
    )
    acme = world()
    outcome = acme.drop(PolicyFile(replace(OURS, steps=steps)))
    assert (outcome.status, outcome.code) == ("refused", "policy-formal-notice-auto")
    assert policy_of(acme) == STANDARD


def test_a_formal_notice_waits_for_a_person_whatever_the_debtor() -> None:
    auto = Overrides(steps={"formal_notice": StepChange(approval=Approval.AUTO)})
    for policy in (
        replace(OURS, debtors={"C001": auto}),
        replace(OURS, profiles={PayerProfile.BAD_PAYER: auto}),
    ):
        outcome = world().drop(PolicyFile(policy))
        assert (outcome.status, outcome.code) == ("refused", "policy-formal-notice-auto")


def test_a_window_that_its_creditor_s_hours_make_empty_is_refused() -> None:
    acme = world()
    late = acme.creditor.profile.send_until
    outcome = acme.drop(PolicyFile(replace(OURS, send_from=late)))
    assert (outcome.status, outcome.code) == ("refused", "policy-window-empty")
    assert policy_of(acme) == STANDARD


def test_what_it_says_of_the_calendar_holds_for_the_whole_desk() -> None:
    acme = world()
    acme.drop(PolicyFile(replace(OURS, days=(Weekday.TUESDAY,), send_until=time(11, 30))))
    desk = acme.doors().office.open("acme")
    assert desk.calendar.weekdays == {1}
    assert desk.moment().closes == time(11, 30)
