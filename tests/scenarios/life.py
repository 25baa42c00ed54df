"""The life of one case as a value: items, habits, events, so that a failing one can be shrunk and
written down.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

KINDS = (
    "invoice",
    "credit",
    "payment",
    "pay",
    "settle",
    "due-later",
    "due-sooner",
    "reply",
    "seen",
    "promise",
    "dispute",
    "paid",
    "call",
    "vain-call",
    "wrong-number",
    "waiting-call",
    "agreed-call",
    "mend",
    "bounce",
    "soft-bounce",
    "complaint",
    "contact",
    "pause",
    "resume",
    "approve",
    "refuse",
    "close",
    "unknown",
    "refused",
    "throttled",
    "resolve-sent",
    "resolve-not-sent",
    "no-run",
    "note-promise",
    "decide-dispute",
    "plan",
    "agree-plan",
    "end-plan",
    "arrange",
    "approve-arrangement",
    "hold-item",
    "hold-case",
    "received",
    "flag",
    "unflag",
    "stop-level-2",
    "policy",
    "mode",
    "auto",
    "release-day",
    "take-back",
    "undo",
)
CALLING = ("never", "at-once", "vain", "late")
HOURS = (7, 9, 9, 14)
STARTS = tuple(date(2026, month, day) for month, day in ((1, 5), (3, 2), (4, 27), (7, 6), (10, 19)))


@dataclass(frozen=True, slots=True)
class Event:
    """day: counted from the start; hour: 7 (before the run), 9 or 14; pick, days: its matter."""

    day: int
    hour: int
    kind: str
    pick: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """due: days from the start to the due date of each first item, and its amount; every: days
    between two balances; calling: what the collector does of calls; approves: of formal notices.
    """

    start: date
    due: tuple[tuple[int, int], ...]
    every: int = 1
    calling: str = "never"
    approves: bool = True
    events: tuple[Event, ...] = ()
    days: int = 75
    releases: str = "level_1"
    """At which level old items are released, "late": only when it is asked; "never"."""


def random_life(random: Random) -> Life:
    days = random.choice((60, 90, 120))
    events = [
        Event(
            random.randrange(days),
            random.choice(HOURS),
            random.choice(KINDS),
            random.randrange(24),
            random.randrange(40),
        )
        for _ in range(random.choice((3, 10, 25, 50)))
    ]
    return Life(
        start=random.choice(STARTS),
        due=tuple(
            (random.randrange(-40, 25), random.choice((8, 90, 400, 700, 3000)))
            for _ in range(random.choice((1, 2, 4)))
        ),
        every=random.choice((1, 1, 1, 2, 4)),
        calling=random.choice(CALLING),
        approves=random.random() < 0.7,
        events=tuple(sorted(events, key=lambda event: (event.day, event.hour))),
        days=days,
    )
