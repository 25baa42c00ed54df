"""A policy as it is for one debtor: by payer profile, then by customer code."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from relance.adapters.codec import from_json, to_json
from relance.domain.creditor import Creditor
from relance.domain.debtor import PayerProfile
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import PlanMessage
from relance.domain.limits import Limits, limits_of, with_limits
from relance.domain.policy import Channel, Policy, Step
from relance.domain.policy_overrides import Overrides, StepChange
from relance.domain.sending_days import QuietPeriod, Weekday
from relance.domain.threshold import is_reached, threshold_in
from relance.domain.working_days import WorkingCalendar
from tests.builders import (
    CALENDAR,
    a_case,
    a_creditor,
    a_debtor,
    a_profile,
    an_invoice,
    shipped_policies,
    standard_policy,
)

PLAIN = replace(standard_policy(), profiles={})
BAD = replace(a_debtor(), profile=PayerProfile.BAD_PAYER)
LATER = Overrides(steps={"email_1": StepChange(after_days=5)})
MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2025, 12, 1), date(2027, 1, 31))


class TestWhoseItIs:
    def test_a_profile_changes_it_for_its_debtors_only(self) -> None:
        policy = replace(PLAIN, profiles={PayerProfile.BAD_PAYER: LATER})
        assert policy.of(BAD).step("email_1").after_days == 5
        assert policy.of(a_debtor()) is policy

    def test_a_debtor_s_own_figures_win_over_those_of_its_profile(self) -> None:
        own = Overrides(steps={"email_1": StepChange(after_days=6)}, late_gap_days=3)
        by_profile = replace(LATER, late_gap_days=4, min_days_between_reminders=4)
        policy = replace(
            PLAIN, profiles={PayerProfile.BAD_PAYER: by_profile}, debtors={BAD.code: own}
        )
        found = policy.of(BAD)
        assert found.step("email_1").after_days == 6
        assert (found.late_gap_days, found.min_days_between_reminders) == (3, 4)
        assert policy.of(replace(BAD, code="C9")).step("email_1").after_days == 5

    def test_a_step_that_it_does_not_get(self) -> None:
        policy = replace(PLAIN, debtors={BAD.code: Overrides(without=("call_1", "email_2"))})
        assert [s.key for s in policy.of(BAD).steps] == [
            step.key for step in PLAIN.steps if step.key not in {"call_1", "email_2"}
        ]

    def test_zero_is_a_figure_and_not_silence(self) -> None:
        change = Overrides(steps={"letter_2": StepChange(letter_from=Decimal(0))})
        policy = replace(PLAIN, debtors={BAD.code: change})
        assert policy.of(BAD).step("letter_2").letter_from == 0

    def test_asked_of_its_own_result_it_is_the_same(self) -> None:
        policy = replace(PLAIN, debtors={BAD.code: LATER})
        found = policy.of(BAD)
        assert found.of(BAD) is found

    def test_it_is_worked_out_once(self) -> None:
        policy = replace(PLAIN, profiles={PayerProfile.BAD_PAYER: LATER})
        assert policy.of(BAD) is policy.of(replace(BAD, code="C9"))

    def test_another_policy_that_is_equal_is_not_mistaken_for_it(self) -> None:
        one = replace(PLAIN, debtors={BAD.code: LATER})
        two = replace(PLAIN, name="two", debtors={BAD.code: LATER})
        assert (one.of(BAD).name, two.of(BAD).name) == ("standard", "two")

    @given(
        st.builds(
            Overrides,
            without=st.sets(st.sampled_from([s.key for s in PLAIN.steps])).map(tuple),
            steps=st.dictionaries(
                st.sampled_from([s.key for s in PLAIN.steps]),
                st.builds(StepChange, after_days=st.integers(-9, 90)),
            ),
        )
    )
    def test_it_never_adds_a_step_nor_changes_their_order(self, change: Overrides) -> None:
        found = PLAIN.with_overrides(change)
        kept = [step.key for step in PLAIN.steps if step.key not in change.without]
        assert [step.key for step in found.steps] == kept


def test_whatever_a_step_has_but_its_key_can_change() -> None:
    assert {f.name for f in fields(StepChange)} == {f.name for f in fields(Step)} - {"key"}


def test_a_figure_that_can_differ_is_one_of_the_policy() -> None:
    names = {f.name for f in fields(Overrides)} - {"without"}
    assert names <= {f.name for f in fields(Policy)}


def test_a_creditor_keeps_its_own_policy_with_its_changes() -> None:
    for policy in shipped_policies():
        creditor = replace(a_creditor(), own_policy=policy)
        assert from_json(Creditor, to_json(Creditor, creditor)) == creditor


def test_a_policy_stored_before_it_could_differ_reads_as_it_was() -> None:
    text = '{"name":"old","steps":[],"formal_notice_days":15}'
    assert from_json(Policy, text) == Policy("old", ())


class TestThresholds:
    EUROS = {"EUR": Decimal(20), "USD": Decimal(25)}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("currency", "figure"), [("EUR", 20), ("USD", 25), ("CHF", 20), ("", 20)]
    )
    def test_a_currency_that_is_not_named_has_the_first_figure(
        self, currency: str, figure: int
    ) -> None:
        assert threshold_in(self.EUROS, currency) == figure
        assert threshold_in(Decimal(7), currency) == 7

    def test_each_sum_compares_with_the_figure_of_its_currency(self) -> None:
        assert not is_reached({"EUR": Decimal(19), "USD": Decimal(24)}, self.EUROS)
        assert is_reached({"EUR": Decimal(19), "USD": Decimal(25)}, self.EUROS)

    def test_all_of_several_minima_by_one_currency(self) -> None:
        both = ({"EUR": Decimal(10), "USD": Decimal(50)}, {"EUR": Decimal(50), "USD": Decimal(10)})
        assert not is_reached({"EUR": Decimal(20), "USD": Decimal(20)}, *both)

    def test_nothing_never_reaches_anything(self) -> None:
        assert not is_reached({"EUR": Decimal(0)}, Decimal(0))
        assert not is_reached({}, Decimal(0))

    @pytest.mark.parametrize(
        ("currency", "amount", "leaves"),
        [("EUR", "22", True), ("USD", "22", False), ("USD", "25", True)],
    )
    def test_a_message_waits_under_the_minimum_of_its_currency(
        self, currency: str, amount: str, leaves: bool
    ) -> None:
        change = StepChange(min_total=self.EUROS)
        policy = PLAIN.with_overrides(Overrides(steps={"email_1": change}))
        item = an_invoice(due=MONDAY, amount=amount, currency=currency)
        found = decide(a_case(item, as_of=date(2026, 3, 5)), policy, CALENDAR, date(2026, 3, 5))
        assert any(isinstance(action, PlanMessage) for action in found.actions) is leaves

    @pytest.mark.parametrize(("currency", "skipped"), [("EUR", False), ("JPY", True)])
    def test_a_call_is_skipped_under_the_minimum_of_its_currency(
        self, currency: str, skipped: bool
    ) -> None:
        minimum = {"EUR": Decimal(500), "JPY": Decimal(60000)}
        change = StepChange(min_item=minimum)
        policy = PLAIN.with_overrides(
            Overrides(without=("preventive", "email_1"), steps={"call_1": change})
        )
        item = an_invoice(due=MONDAY, amount="900", currency=currency)
        day = date(2026, 3, 12)
        found = decide(a_case(item, as_of=day), policy, CALENDAR, day)
        assert any(held.reason == "under-minimum:call_1" for held in found.held) is skipped


class TestLimits:
    def test_what_the_policy_does_not_say_is_as_the_profile_says(self) -> None:
        found = limits_of(a_profile(), PLAIN)
        assert found == Limits(
            send_from=time(8),
            send_until=time(18),
            days=tuple(Weekday),
            holidays="FR",
            quiet_periods=(QuietPeriod((8, 1), (8, 22)), QuietPeriod((12, 23), (1, 3))),
            max_contacts_in_7_days=3,
            min_days_between_reminders=7,
            max_messages_per_day=50,
            max_first_messages_per_day=20,
            max_letters_per_day=20,
            letters_budget_per_month=Decimal(500),
        )

    def test_what_the_policy_says_wins_over_the_profile_one_by_one(self) -> None:
        said = Limits(
            send_from=time(9),
            send_until=time(12),
            days=(Weekday.TUESDAY,),
            holidays="FR-57",
            quiet_periods=(),
            max_contacts_in_7_days=2,
            min_days_between_reminders=10,
            max_messages_per_day=5,
            max_first_messages_per_day=4,
            max_letters_per_day=0,
            letters_budget_per_month=Decimal(0),
        )
        for one in fields(Limits):
            policy = replace(PLAIN, **{one.name: getattr(said, one.name)})
            expected = replace(limits_of(a_profile(), PLAIN), **{one.name: getattr(said, one.name)})
            assert limits_of(a_profile(), policy) == expected, one.name

    def test_a_case_carries_those_that_a_decision_needs(self) -> None:
        policy = replace(PLAIN, max_contacts_in_7_days=1, min_days_between_reminders=9)
        facts = with_limits(a_case(), policy).facts
        assert (facts.max_contacts_in_7_days, facts.min_days_between_reminders) == (1, 9)
        assert facts.quiet_periods == a_case().facts.quiet_periods


class TestDecided:
    """What the policy says of when and how often holds where a case is decided."""

    def decided(self, policy: Policy, day: date, calendar: WorkingCalendar = CALENDAR) -> set[str]:
        item = an_invoice(due=MONDAY, amount="400")
        found = decide(a_case(item, debtor=BAD, as_of=day), policy, calendar, day)
        return {h.reason for h in found.held} | {type(a).__name__ for a in found.actions}

    def test_its_quiet_period_holds_levels_two_and_up(self) -> None:
        quiet = (QuietPeriod((3, 20), (3, 31)),)
        policy = replace(
            PLAIN,
            debtors={BAD.code: Overrides(quiet_periods=quiet, without=("email_1", "email_2"))},
        )
        assert "quiet-period" in self.decided(policy, date(2026, 3, 24))
        plain = PLAIN.with_overrides(Overrides(without=("email_1", "email_2")))
        assert "PlanMessage" in self.decided(plain, date(2026, 3, 24))

    def test_nothing_leaves_on_a_day_that_is_not_one_of_its_days(self) -> None:
        tuesdays = replace(CALENDAR, weekdays=frozenset({1}))
        assert "closed-day" in self.decided(PLAIN, date(2026, 3, 5), tuesdays)
        assert "PlanMessage" in self.decided(PLAIN, date(2026, 3, 10), tuesdays)


class TestCalendar:
    TUESDAYS = replace(CALENDAR, weekdays=frozenset({1}))

    def test_delays_count_in_working_days_whatever_the_days_of_sending(self) -> None:
        assert self.TUESDAYS.add(MONDAY, 3) == CALENDAR.add(MONDAY, 3) == date(2026, 3, 5)
        assert self.TUESDAYS.count(MONDAY, date(2026, 3, 9)) == 5

    @given(
        st.dates(date(2025, 12, 1), date(2027, 1, 31)),
        st.dates(date(2025, 12, 1), date(2027, 1, 31)),
    )
    def test_working_days_are_counted_as_one_by_one(self, after: date, until: date) -> None:
        days = [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]
        expected = sum(1 for day in days if day.weekday() < 5 and day not in CALENDAR.holidays)
        assert CALENDAR.count(after, until) == expected

    def test_what_is_due_between_two_of_its_days_waits_for_the_next(self) -> None:
        assert self.TUESDAYS.first_open(date(2026, 3, 4)) == date(2026, 3, 10)

    def test_lateness_does_not_wait_for_a_day_of_sending(self) -> None:
        assert self.TUESDAYS.first_working(date(2026, 3, 7)) == date(2026, 3, 9)


def test_a_registered_letter_of_small_amount_by_currency() -> None:
    change = StepChange(letter_from={"EUR": Decimal(500), "USD": Decimal(100)})
    only = Overrides(without=("preventive", "email_1", "email_2"), steps={"letter_2": change})
    policy = PLAIN.with_overrides(only)
    day = date(2026, 3, 24)
    for currency, channel in (("EUR", Channel.EMAIL), ("USD", Channel.REGISTERED_LETTER)):
        case = a_case(an_invoice(due=MONDAY, amount="300", currency=currency), as_of=day)
        (message,) = [
            a for a in decide(case, policy, CALENDAR, day).actions if isinstance(a, PlanMessage)
        ]
        assert message.channel is channel
