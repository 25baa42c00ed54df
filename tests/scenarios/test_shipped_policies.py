"""The life of an unpaid invoice in each shipped policy, told by dates. 2026-03-02 is a Monday."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.policy import Level
from relance.domain.task import TaskKind
from tests.builders import SHIPPED, a_creditor, a_debtor, an_invoice
from tests.scenarios.test_life_of_an_unpaid_invoice import DUE, approve_any, log_any_call
from tests.world import World

START = date(2026, 1, 5)
NAMES = ("firm", "gentle", "public-sector", "standard")


def a_creditor_with(policy: str) -> Creditor:
    creditor = a_creditor(as_of=START)
    return replace(creditor, profile=replace(creditor.profile, policy=policy))


def life(
    policy: str,
    until: date,
    *,
    profile: PayerProfile | None = None,
    amount: str = "2000",
    calls: bool = True,
) -> World:
    """One invoice that nobody pays: calls are made and approvals given on their day."""
    world = World(START, a_creditor_with(policy))
    who: Debtor = replace(a_debtor(), profile=profile)
    world.owes(an_invoice(due=DUE, issued=date(2026, 1, 31), amount=amount), debtor=who)

    def people(_: date) -> None:
        if calls:
            log_any_call(world)
        approve_any(world)

    world.run_days(DUE - timedelta(days=35), until, people)
    return world


def test_these_four_are_shipped() -> None:
    assert SHIPPED.names() == set(NAMES)


def test_standard() -> None:
    world = life("standard", date(2026, 5, 8))
    assert world.steps_sent() == [
        (date(2026, 2, 23), "preventive"),
        (date(2026, 3, 5), "email_1"),
        (date(2026, 3, 16), "email_2"),
        (date(2026, 3, 24), "letter_2"),
        (date(2026, 4, 7), "email_3"),
        (date(2026, 4, 17), "formal_notice"),
    ]
    formal = world.steps_sent()[-1][0]
    assert DUE + timedelta(days=45) <= formal <= DUE + timedelta(days=60)


def test_gentle_comes_later() -> None:
    world = life("gentle", date(2026, 7, 3))
    assert world.steps_sent() == [
        (date(2026, 2, 23), "preventive"),
        (date(2026, 3, 9), "email_1"),
        (date(2026, 3, 23), "email_2"),
        (date(2026, 4, 13), "letter_2"),
        (date(2026, 5, 4), "email_3"),
        (date(2026, 5, 27), "formal_notice"),
    ]
    assert [task.kind for task in world.case().tasks] == [TaskKind.HAND_OVER]


def test_firm_comes_sooner() -> None:
    world = life("firm", date(2026, 4, 24))
    assert world.steps_sent() == [
        (date(2026, 2, 25), "preventive"),
        (date(2026, 3, 4), "email_1"),
        (date(2026, 3, 13), "email_2"),
        (date(2026, 3, 20), "letter_2"),
        (date(2026, 3, 30), "email_3"),
        (date(2026, 4, 8), "formal_notice"),
    ]


def test_the_public_sector_gets_no_early_letter_and_more_time() -> None:
    world = life("public-sector", date(2026, 7, 31))
    assert world.steps_sent() == [
        (date(2026, 2, 20), "preventive"),
        (date(2026, 3, 12), "email_1"),
        (date(2026, 4, 2), "email_2"),
        (date(2026, 4, 21), "email_3"),
        (date(2026, 5, 11), "letter_2"),
        (date(2026, 6, 2), "formal_notice"),
    ]
    letters = [c for c in world.carrier.sent if c.notice.channel.is_letter]
    assert min(c.written_on for c in letters) >= DUE + timedelta(days=60)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", [None, *PayerProfile])
def test_whatever_the_profile_no_formal_notice_before_three_reminders(
    name: str, profile: PayerProfile | None
) -> None:
    """Nor does a level go back, nor do two reminders come within the week (bad payer: 4 days)."""
    world = life(name, DUE + timedelta(days=110), profile=profile, calls=False)
    sent = world.carrier.sent
    formal = [c.written_on for c in sent if c.notice.is_formal_notice]
    before = [
        c.written_on
        for c in sent
        if c.notice.level.rank >= Level.LEVEL_1.rank and not c.notice.is_formal_notice
    ]
    if formal:
        assert len([day for day in before if day < formal[0]]) >= 3
    ranks = [c.notice.level.rank for c in sent]
    assert ranks == sorted(ranks)
    policy = SHIPPED.get(name).of(replace(a_debtor(), profile=profile))
    apart = policy.min_days_between_reminders or 7
    days = [c.written_on for c in sent if not c.notice.is_formal_notice]
    assert all((b - a).days >= apart for a, b in itertools.pairwise(days))


class TestBadPayer:
    def test_reminders_of_an_old_debt_come_four_days_apart(self) -> None:
        """Sixty days late on the first day: seven apart for anybody else."""
        world = World(DUE)
        old = an_invoice(due=DUE - timedelta(days=60), amount="400")
        world.owes(old, debtor=replace(a_debtor(), profile=PayerProfile.BAD_PAYER))
        world.run_days(DUE, date(2026, 3, 14))
        assert world.steps_sent() == [
            (date(2026, 3, 2), "email_1"),
            (date(2026, 3, 6), "email_2"),
            (date(2026, 3, 10), "letter_2"),
        ]

    def test_it_is_written_to_by_registered_letter_whatever_the_amount(self) -> None:
        for profile, channel in ((None, "email"), (PayerProfile.BAD_PAYER, "registered_letter")):
            world = life("standard", date(2026, 3, 31), profile=profile, amount="90")
            (second,) = [c for c in world.carrier.sent if c.notice.step == "letter_2"]
            assert second.notice.channel == channel

    def test_its_formal_notice_is_proposed_sooner_and_still_waits_for_a_person(self) -> None:
        world = World(START, a_creditor_with("standard"))
        who = replace(a_debtor(), profile=PayerProfile.BAD_PAYER)
        world.owes(an_invoice(due=DUE, amount="2000"), debtor=who)
        world.run_days(DUE, date(2026, 4, 17), lambda _: log_any_call(world))
        awaiting = world.case().awaiting
        assert awaiting is not None
        assert awaiting.planned_for == date(2026, 4, 1)
        assert "formal_notice" not in {step for _, step in world.steps_sent()}


def test_who_pays_by_direct_debit_is_called_when_it_failed_and_not_written_to_first() -> None:
    world = World(START, a_creditor_with("standard"))
    who = replace(a_debtor(), profile=PayerProfile.AUTOMATIC)
    world.owes(an_invoice(due=DUE, amount="90"), debtor=who)
    world.run_days(date(2026, 2, 16), date(2026, 3, 5))
    assert world.steps_sent() == []
    assert [task.kind for task in world.case().tasks] == [TaskKind.CALL]


def test_a_good_payer_is_not_reminded_until_late_for_real() -> None:
    world = life("standard", date(2026, 4, 3), profile=PayerProfile.GOOD)
    assert world.steps_sent() == [
        (date(2026, 3, 12), "email_1"),
        (date(2026, 3, 23), "email_2"),
        (date(2026, 4, 2), "letter_2"),
    ]


def test_an_administrative_payer_gets_no_early_letter() -> None:
    world = life("standard", date(2026, 4, 10), profile=PayerProfile.ADMINISTRATIVE)
    assert not [c for c in world.carrier.sent if c.notice.channel.is_letter]
    assert "letter_2" in {step for _, step in world.steps_sent()}
