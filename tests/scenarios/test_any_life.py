"""Whatever happens to a case, on no day of its life is a rule broken (`Watcher` says which).

`python -m tests.scenarios.test_any_life 1000 3000` lives the lives of these seeds by hand.
"""

import sys
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tests.scenarios.life import CALLING, HOURS, KINDS, STARTS, Event, Life, random_life
from tests.scenarios.living import Living

AMOUNTS = (8, 90, 400, 700, 3000)
DAYS = 45


def events() -> st.SearchStrategy[tuple[Event, ...]]:
    one = st.builds(
        Event,
        day=st.integers(0, DAYS - 1),
        hour=st.sampled_from(HOURS),
        kind=st.sampled_from(KINDS),
        pick=st.integers(0, 23),
        days=st.integers(0, 39),
    )
    return st.lists(one, max_size=15).map(tuple)


lives = st.builds(
    Life,
    start=st.sampled_from(STARTS),
    due=st.lists(
        st.tuples(st.integers(-40, 24), st.sampled_from(AMOUNTS)), min_size=1, max_size=3
    ).map(tuple),
    every=st.sampled_from((1, 2, 4)),
    calling=st.sampled_from(CALLING),
    approves=st.booleans(),
    events=events(),
    days=st.just(DAYS),
)


@settings(max_examples=100)
@given(life=lives)
def test_no_rule_is_broken_on_any_day_of_any_life(life: Life) -> None:
    Living(life).live()


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_no_rule_is_broken_in_the_long_lives_of_these_seeds(first: int) -> None:
    for seed in range(first, first + 10):
        Living(random_life(Random(seed))).live()


if __name__ == "__main__":
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        try:
            Living(random_life(Random(number))).live()
        except AssertionError as broken:
            print(number, broken)  # noqa: T201 - run by hand
