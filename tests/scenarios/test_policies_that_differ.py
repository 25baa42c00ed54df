"""What a policy changes for some debtors, as their cases live it. 2026-03-02 is a Monday."""

import itertools
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from relance.application.payer_profiles import confirm_profile
from relance.application.people import approve_notice
from relance.domain.checklist import ALL_CHECKS
from relance.domain.debtor import PayerProfile, Role
from relance.domain.policy import Approval, Policy
from relance.domain.policy_overrides import Overrides, StepChange
from relance.domain.sending_days import Weekday
from tests.builders import an_invoice, standard_policy
from tests.groups import a_payer, a_shop, emails_sent
from tests.scenarios.test_life_of_an_unpaid_invoice import approve_any, log_any_call
from tests.world import World, at

MONDAY = date(2026, 3, 9)
PLAIN = replace(standard_policy(), profiles={})
CONFIRMED = StepChange(approval=Approval.CONFIRM)


def a_world(policy: Policy, day: date = MONDAY) -> World:
    world = World(day)
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, own_policy=policy))
    return world


class TestSharedEmail:
    """The lead's policy gives the tone; each part does its own steps (rule 3)."""

    POLICY = replace(
        PLAIN,
        debtors={
            "S1": Overrides(
                without=("email_1",),
                steps={"email_2": StepChange(audience=(Role.MANAGER,), template="level_2")},
            ),
            "S2": Overrides(without=("email_2",)),
        },
    )

    def world(self) -> World:
        world = a_world(self.POLICY)
        world.owes(debtor=a_payer())
        for code, late in (("S1", 20), ("S2", 5)):
            item = an_invoice(f"F-{code}", due=MONDAY - timedelta(days=late), amount="400")
            world.owes(item, debtor=a_shop(code))
        return world

    def test_who_has_no_such_step_joins_the_message_of_who_has(self) -> None:
        world = self.world()
        world.run_day(MONDAY)
        (content,) = world.carrier.sent
        assert content.notice.debtors == ("S1", "S2")
        assert (content.notice.step, content.notice.template) == ("email_2", "level_2")
        assert [r.email for r in content.notice.recipients] == ["payer-boss@client.example"]
        done = {
            code: [p.last.step for p in world.case(code).progress.values() if p.last]
            for code in ("S1", "S2")
        }
        assert done == {"S1": ["email_2"], "S2": ["email_1"]}


def test_what_a_person_must_approve_is_not_carried_away_by_another_s_message() -> None:
    """It leaves alone once approved, in the week that the payer is given after the other's."""
    change = Overrides(steps={"email_1": CONFIRMED})
    world = a_world(replace(PLAIN, debtors={"S2": change}))
    world.owes(debtor=a_payer())
    for code in ("S1", "S2"):
        item = an_invoice(f"F-{code}", due=MONDAY - timedelta(days=5), amount="400")
        world.owes(item, debtor=a_shop(code))
    world.run_days(MONDAY, MONDAY + timedelta(days=1))
    assert emails_sent(world) == [(MONDAY, ("S1",))]
    awaiting = world.case("S2").awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    world.run_days(MONDAY + timedelta(days=2), MONDAY + timedelta(days=7))
    assert emails_sent(world)[1:] == [(MONDAY + timedelta(days=7), ("S2",))]


def test_a_profile_confirmed_on_the_way_goes_on_from_where_the_case_is() -> None:
    world = World(date(2026, 3, 2))
    world.owes(an_invoice(due=date(2026, 3, 2), amount="400"))
    world.run_days(date(2026, 3, 2), date(2026, 3, 6))
    confirm_profile("acme", "C001", PayerProfile.BAD_PAYER, "claire", "", office=world.office)
    world.run_days(date(2026, 3, 7), date(2026, 3, 31))
    assert world.steps_sent() == [
        (date(2026, 3, 5), "email_1"),
        (date(2026, 3, 11), "email_2"),
        (date(2026, 3, 16), "letter_2"),
        (date(2026, 3, 24), "email_3"),
    ]


def test_a_debtor_without_a_step_in_use_goes_on_from_its_level() -> None:
    world = a_world(replace(PLAIN, debtors={}), date(2026, 3, 2))
    world.owes(an_invoice(due=date(2026, 3, 2), amount="400"))
    world.run_days(date(2026, 3, 2), date(2026, 3, 6))
    creditor = world.office.creditors.get("acme")
    changed = replace(PLAIN, debtors={"C001": Overrides(without=("email_1",))})
    world.office.creditors.save(replace(creditor, own_policy=changed))
    world.run_days(date(2026, 3, 7), date(2026, 3, 17))
    assert [step for _, step in world.steps_sent()] == ["email_1", "email_2"]


def test_the_date_that_a_formal_notice_prints_is_that_of_its_debtor() -> None:
    policy = replace(PLAIN, debtors={"C001": Overrides(formal_notice_days=30)})
    world = a_world(policy, date(2026, 3, 2))
    world.owes(an_invoice(due=date(2026, 3, 2), amount="2000"))

    def people(_: date) -> None:
        log_any_call(world)
        approve_any(world)

    world.run_days(date(2026, 3, 2), date(2026, 4, 30), people)
    formal = world.carrier.sent[-1]
    assert formal.notice.is_formal_notice
    assert formal.notice.deadline == formal.written_on + timedelta(days=30)
    (progress,) = world.case().progress.values()
    assert progress.deadline == formal.notice.deadline


class TestOfTheWholeCreditor:
    def test_nothing_leaves_but_on_the_days_of_the_policy(self) -> None:
        policy = replace(PLAIN, days=(Weekday.TUESDAY, Weekday.THURSDAY))
        world = a_world(policy, date(2026, 3, 2))
        world.owes(an_invoice(due=date(2026, 3, 2), amount="400"))
        world.run_days(date(2026, 3, 2), date(2026, 4, 17))
        days = [day for day, _ in world.steps_sent()]
        assert len(days) >= 4
        assert {day.weekday() for day in days} <= {1, 3}

    def test_nothing_leaves_before_the_window_of_the_policy_nor_after_it(self) -> None:
        world = a_world(replace(PLAIN, send_from=time(11), send_until=time(12)))
        world.owes(an_invoice(due=MONDAY - timedelta(days=4), amount="400"))
        world.plan(MONDAY)
        notice = world.case().live
        assert notice is not None
        assert not world.queue.messages
        world.clock.set(at(MONDAY, 10, 30))
        assert world.send(notice.id).reason == "outside-window"
        world.clock.set(at(MONDAY, 12, 30))
        assert world.send(notice.id).reason == "expired"
        assert not world.carrier.requests

    def test_its_region_s_holidays_count(self) -> None:
        """The policy says Moselle: the calendar asked for is that of Moselle."""
        world = a_world(replace(PLAIN, holidays="FR-57"))
        asked: list[str] = []

        class Asked:
            def of(self, region: str):  # type: ignore[no-untyped-def]
                asked.append(region)
                return world.office.calendars.of(region)

        replace(world.office, calendars=Asked()).open("acme")
        assert asked == ["FR-57"]

    def test_contacts_are_at_most_as_many_as_it_says(self) -> None:
        policy = replace(PLAIN, max_contacts_in_7_days=1)
        world = a_world(policy, date(2026, 3, 2))
        world.owes(an_invoice(due=date(2026, 3, 2), amount="2000"))
        world.run_days(date(2026, 3, 2), date(2026, 4, 3), lambda _: log_any_call(world))
        contacts = sorted(contact.on for contact in world.case().contacts)
        assert len(contacts) >= 4
        assert all((b - a).days >= 7 for a, b in itertools.pairwise(contacts))


class TestApprovalOfAnyStep:
    """A policy may have any step approved: it waits, and leaves once a person said yes."""

    POLICY = PLAIN.with_overrides(
        Overrides(
            steps={
                "email_1": CONFIRMED,
                "preventive": CONFIRMED,
            }
        )
    )

    @pytest.mark.parametrize(
        ("due", "step"), [(date(2026, 3, 5), "email_1"), (date(2026, 3, 16), "preventive")]
    )
    def test_it_waits_for_days_and_leaves_when_approved(self, due: date, step: str) -> None:
        world = a_world(self.POLICY)
        world.owes(an_invoice(due=due, amount="400"))
        world.run_days(MONDAY, MONDAY + timedelta(days=2))
        awaiting = world.case().awaiting
        assert awaiting is not None
        assert (awaiting.step, awaiting.planned_for, world.steps_sent()) == (step, MONDAY, [])
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
        world.run_days(MONDAY + timedelta(days=3), MONDAY + timedelta(days=3))
        assert world.steps_sent() == [(MONDAY + timedelta(days=3), step)]

    def test_it_waits_for_the_week_since_the_last_reminder(self) -> None:
        """Another item's reminder left while this one waited for its approval."""
        world = a_world(PLAIN.with_overrides(Overrides(steps={"email_2": CONFIRMED})))
        first = an_invoice("A", due=MONDAY - timedelta(days=40), amount="400")
        world.owes(first)
        world.run_days(MONDAY, MONDAY + timedelta(days=9))
        awaiting = world.case().awaiting
        assert awaiting is not None
        assert awaiting.step == "email_2"
        second = an_invoice("B", due=MONDAY + timedelta(days=7), amount="300")
        world.clock.set(at(MONDAY + timedelta(days=10), 6))
        world.owes(first, second)
        world.run_days(MONDAY + timedelta(days=10), MONDAY + timedelta(days=11))
        assert world.steps_sent() == [
            (MONDAY, "email_1"),
            (MONDAY + timedelta(days=10), "email_1"),
        ]
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
        world.run_days(MONDAY + timedelta(days=12), MONDAY + timedelta(days=17))
        assert world.steps_sent()[2:] == [(MONDAY + timedelta(days=17), "email_2")]
