"""How much leaves in a day (§5 rule 7): whatever is planned, no cap is exceeded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from relance.domain.creditor import DayCount
from relance.domain.debtor import Debtor
from relance.domain.escalation.caps import Caps, count_of, select, stake_of
from relance.domain.escalation.shared_address import is_suspect
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel
from tests.adapters.stores.samples import case, notice

TODAY = date(2026, 3, 5)
COSTS = {Channel.LETTER: Decimal(2), Channel.REGISTERED_LETTER: Decimal(8)}
CHANNELS = st.sampled_from((Channel.EMAIL, Channel.LETTER, Channel.REGISTERED_LETTER))


@st.composite
def planned(draw: st.DrawFn) -> list[Notice]:
    drawn = st.lists(
        st.tuples(st.integers(1, 500), CHANNELS, st.booleans(), st.booleans()), max_size=25
    )
    return [
        replace(
            notice(case(), f"n{number}"),
            asked={ItemKey("F1"): Decimal(amount)},
            channel=channel,
            is_first=is_first,
            answers="promise" if answers else None,
        )
        for number, (amount, channel, is_first, answers) in enumerate(draw(drawn))
    ]


CAPS = st.builds(
    Caps,
    messages=st.integers(0, 10),
    first_messages=st.integers(0, 5),
    letters=st.none() | st.integers(0, 5),
    budget=st.none() | st.integers(0, 40).map(Decimal),
    costs=st.just(COSTS),
)


@given(planned(), CAPS, st.integers(0, 5), st.booleans())
def test_no_cap_is_ever_exceeded_and_nobody_is_forgotten(
    notices: list[Notice], caps: Caps, before: int, rehearse: bool
) -> None:
    count = DayCount(TODAY, messages=min(before, caps.messages))
    found = select(notices, count, caps, rehearse=rehearse)
    leaving = [one for one, _ in found.leaving]
    assert {one.id for one in notices} == {one.id for one in leaving} | {
        one.id for one, _ in found.over
    }
    counted = [one for one in leaving if one.answers is None]
    letters = [one for one in counted if one.channel.is_letter]
    assert count.messages + len(counted) <= caps.messages
    assert sum(one.is_first for one in counted) <= caps.first_messages
    assert caps.letters is None or len(letters) <= caps.letters
    spent = sum((COSTS[one.channel] for one in letters), Decimal(0))
    assert rehearse or caps.budget is None or spent <= caps.budget
    after = found.leaving[-1][1] if found.leaving else count
    assert after.messages == count.messages + len(counted)
    assert after.spent_on_letters == (0 if rehearse else spent)
    assert all(one.answers is None for one, _ in found.over)


@given(planned(), CAPS)
def test_nothing_over_the_cap_of_the_day_had_a_larger_stake_than_what_leaves(
    notices: list[Notice], caps: Caps
) -> None:
    found = select(notices, DayCount(TODAY), caps, rehearse=False)
    over = [stake_of(one) for one, reason in found.over if reason == "daily-cap"]
    leaving = [stake_of(one) for one, _ in found.leaving if one.answers is None]
    assert not over or not leaving or max(over) <= min(leaving)


def test_a_new_day_counts_from_nothing_and_a_new_month_has_its_whole_budget() -> None:
    spent = DayCount(TODAY, 5, 3, 2, Decimal(16), ("x@y.example",))
    assert count_of(None, TODAY) == DayCount(TODAY)
    assert count_of(spent, TODAY) == spent
    later = date(2026, 3, 9)
    assert count_of(spent, later) == DayCount(later, spent_on_letters=Decimal(16))
    april = date(2026, 4, 1)
    assert count_of(spent, april) == DayCount(april)


def test_strangers_are_counted_by_what_ties_them() -> None:
    alone = [Debtor(f"D{n}", "x") for n in range(5)]
    assert not is_suspect(alone)
    assert is_suspect([*alone, Debtor("D9", "x")])
    chain = [Debtor("E1", "x", payer="P"), Debtor("E2", "x", payer="P", siren="1")]
    tied = [*chain, Debtor("E3", "x", siren="1"), Debtor("P", "x")]
    assert not is_suspect([*alone[:4], *tied])
    assert is_suspect([*alone, *tied])
