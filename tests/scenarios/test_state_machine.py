"""Any case, whatever happens to it: imports, replies, promises, disputes, plans, calls made or not,
approvals late or never, flags, modes, another policy, holidays, days passing. On every day each
line that was promised of the escalation holds: one invariant each, told in `invariants`.

`RELANCE_EXAMPLES=400 pytest tests/scenarios/test_state_machine.py` lives that many cases.
"""

import os
from datetime import date

import hypothesis.strategies as st
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.scenarios import invariants
from tests.scenarios.invariants import Leaving, Seen
from tests.scenarios.life import CALLING, STARTS, Event, Life
from tests.scenarios.living import Living

AMOUNTS = (8, 90, 400, 700, 3000)
PICKS, DAYS = st.integers(0, 23), st.integers(0, 39)
IMPORTS = ("invoice", "credit", "payment", "pay", "settle", "due-later", "due-sooner", "received")
REPLIES = ("reply", "reply", "seen", "paid")
PROMISES = ("promise", "note-promise")
DISPUTES = ("dispute", "decide-dispute", "mend")
CALLS = ("call", "vain-call", "vain-call", "wrong-number", "waiting-call", "agreed-call")
APPROVALS = ("approve", "approve", "refuse", "approve-arrangement", "release-day", "close")
ARRANGEMENTS = ("plan", "agree-plan", "end-plan", "arrange", "hold-item", "hold-case")
POST = ("bounce", "soft-bounce", "complaint", "unknown", "refused", "throttled")
SETTLED = ("resolve-sent", "resolve-not-sent", "contact", "resume", "auto", "unflag")
GOVERNED = ("pause", "flag", "stop-level-2", "policy", "mode", "take-back")


class AnyCase(RuleBasedStateMachine):
    """day: of the life; hour: 7 before the run, 9 before what leaves, 14 after it."""

    def __init__(self) -> None:
        super().__init__()
        self.day, self.hour = 0, 7
        self._opened = False

    @initialize(
        start=st.sampled_from(STARTS),
        due=st.lists(
            st.tuples(st.integers(-40, 24), st.sampled_from(AMOUNTS)), min_size=1, max_size=4
        ),
        every=st.sampled_from((1, 1, 1, 2)),
        calling=st.sampled_from(CALLING),
        approves=st.booleans(),
        releases=st.sampled_from(("level_1", "level_1", "level_2", "never")),
        calm=st.sampled_from((0, 7, 20, 40, 60)),
    )
    def opens(
        self,
        start: date,
        due: list[tuple[int, int]],
        every: int,
        calling: str,
        approves: bool,
        releases: str,
        calm: int,
    ) -> None:
        """calm: days lived before anything happens, so that every level is met."""
        life = Life(start, tuple(due), every, calling, approves, releases=releases)
        self.living, self._opened = Living(life), True
        self.living.watcher.at_once = False
        self._live_until(calm)

    # ------------------------------------------------------------ what happens

    @rule(kind=st.sampled_from(IMPORTS), pick=PICKS, days=DAYS)
    def accounts_move(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(REPLIES), pick=PICKS, days=DAYS)
    def customer_replies(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(PROMISES), pick=PICKS, days=DAYS)
    def customer_promises(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(DISPUTES), pick=PICKS, days=DAYS)
    def customer_disputes(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(CALLS), pick=PICKS, days=DAYS)
    def collector_calls(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(APPROVALS), pick=PICKS, days=DAYS)
    def somebody_approves(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(ARRANGEMENTS), pick=PICKS, days=DAYS)
    def both_agree(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from((*POST, *SETTLED)), pick=PICKS, days=DAYS)
    def the_post_or_people_mend(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule(kind=st.sampled_from(GOVERNED), pick=PICKS, days=DAYS)
    def people_decide_of_all(self, kind: str, pick: int, days: int) -> None:
        self._happens(kind, pick, days)

    @rule()
    def no_run_today(self) -> None:
        """The schedule missed a morning."""
        self._forget()
        if self.hour == 7:
            self.living.morning(self.day, runs=False)
            self.hour = 9

    @rule()
    def hours_pass(self) -> None:
        self._forget()
        self._next_hour()

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self._forget()
        self._live_until(self.day + days)

    @rule(days=st.integers(5, 25))
    def weeks_pass_and_all_is_well_again(self, days: int) -> None:
        """People read the replies, end the pause, go back to normal; then nothing happens."""
        self._forget()
        for kind in ("seen", "resume", "auto", "unflag", "resolve-sent", "contact"):
            self.living.happens(Event(self.day, self.hour, kind))
        self._live_until(self.day + days)

    def _live_until(self, day: int) -> None:
        while self.day < day:
            self._next_hour()

    @property
    def leavings(self) -> list[Leaving]:
        """What left since the last rule."""
        return self.living.watcher.leavings if self._opened else []

    @property
    def days(self) -> list[Seen]:
        """The case as seen since the last rule."""
        return self.living.watcher.days if self._opened else []

    def _forget(self) -> None:
        """The invariants were checked after the last rule."""
        if self._opened:
            self.living.watcher.take()

    def _happens(self, kind: str, pick: int, days: int) -> None:
        self._forget()
        self.living.happens(Event(self.day, self.hour, kind, pick, days))

    def _next_hour(self) -> None:
        if self.hour == 7:
            self.living.morning(self.day)
            self.hour = 9
        elif self.hour == 9:
            self.living.midday(self.day)
            self.hour = 14
        else:
            self.living.night(self.day)
            self.day, self.hour = self.day + 1, 7
            self.living.wakes(self.day)

    # ------------------------------------------------------------ what must be true

    @invariant()
    def never_after_payment_dispute_promise_or_unread_reply(self) -> None:
        for one in self.leavings:
            invariants.never_after_payment_dispute_promise_or_unread_reply(one)
            invariants.an_answer_asks_for_nothing_and_tells_what_holds(one)

    @invariant()
    def reminders_seven_days_apart(self) -> None:
        for one in self.leavings:
            invariants.reminders_seven_days_apart(one)

    @invariant()
    def at_most_three_contacts_in_any_seven_days(self) -> None:
        for one in self.leavings:
            invariants.at_most_three_contacts_in_any_seven_days(one)

    @invariant()
    def never_on_a_closed_day_nor_in_a_quiet_period(self) -> None:
        for one in self.leavings:
            invariants.never_on_a_closed_day(one)

    @invariant()
    def levels_never_skip_nor_go_back_without_a_recorded_reason(self) -> None:
        for one in self.leavings:
            invariants.levels_never_skip_nor_go_back_without_a_recorded_reason(one)
            invariants.nothing_of_a_lower_level_after_the_hand_over(one)
        for seen in self.days:
            invariants.steps_stay_in_order(seen)

    @invariant()
    def a_case_is_never_forgotten(self) -> None:
        for seen in self.days:
            invariants.a_case_is_never_forgotten(seen)
            invariants.decided_again_it_asks_for_nothing_more(seen)

    @invariant()
    def formal_notice_only_after_three_reminders_that_count(self) -> None:
        for one in self.leavings:
            invariants.formal_notice_only_after_three_reminders_that_count(one)

    @invariant()
    def one_live_notice_per_case(self) -> None:
        for seen in self.days:
            invariants.one_live_notice_per_case(seen)

    @invariant()
    def a_call_never_blocks(self) -> None:
        for seen in self.days:
            invariants.a_call_never_blocks(seen)

    @invariant()
    def only_what_the_mode_and_the_flag_let_out(self) -> None:
        for one in self.leavings:
            invariants.only_what_the_mode_and_the_flag_let_out(one)

    @invariant()
    def every_decision_is_reproducible(self) -> None:
        for seen in self.days:
            invariants.every_decision_is_reproducible(seen)

    def teardown(self) -> None:
        if self._opened:
            self.living.watcher.end()


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = settings(
    max_examples=int(os.environ.get("RELANCE_EXAMPLES", "30")),
    stateful_step_count=40,
    derandomize="RELANCE_EXAMPLES" not in os.environ,
    # A life found wrong is long as it is: to shrink one takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
