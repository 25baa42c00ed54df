"""How much leaves in a day: by stake, up to the creditor's caps (design §5 rule 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from relance.domain.creditor import CreditorProfile, DayCount
from relance.domain.limits import limits_of
from relance.domain.notice import Notice
from relance.domain.policy import Channel, Policy


@dataclass(frozen=True, slots=True)
class Caps:
    """None: no such cap. budget: of a month's letters; costs: of one letter by its channel; both in
    the creditor's currency.
    """

    messages: int
    first_messages: int
    letters: int | None
    budget: Decimal | None
    costs: Mapping[Channel, Decimal]


Counted = tuple[Notice, DayCount]


@dataclass(frozen=True, slots=True)
class Selection:
    """leaving: with the count that each brings, in the order of their stakes; over: with the reason
    of each.
    """

    leaving: tuple[Counted, ...]
    over: tuple[tuple[Notice, str], ...]


def caps_of(profile: CreditorProfile, policy: Policy) -> Caps:
    """policy: the creditor's own; what it says wins (`limits_of`)."""
    limits = limits_of(profile, policy)
    return Caps(
        messages=limits.max_messages_per_day,
        first_messages=limits.max_first_messages_per_day,
        letters=limits.max_letters_per_day,
        budget=limits.letters_budget_per_month,
        costs={
            Channel.LETTER: profile.letter_cost,
            Channel.REGISTERED_LETTER: profile.registered_letter_cost,
        },
    )


def passes_caps(notice: Notice) -> bool:
    """The copy of a letter is the letter's own message; an answer counts in no budget."""
    return notice.copy_of is not None or notice.answers is not None


def stake_of(notice: Notice) -> Decimal:
    """All that it asks, of all of its debtors: a rank, currencies are not told apart."""
    return sum((amount for part in notice.parts for amount in part.asked.values()), Decimal(0))


def count_of(count: DayCount | None, today: date) -> DayCount:
    """What has left so far today, and of its month's letters."""
    if count is None:
        return DayCount(today)
    if count.day == today:
        return count
    same = (count.day.year, count.day.month) == (today.year, today.month)
    return DayCount(today, spent_on_letters=count.spent_on_letters if same else Decimal(0))


def select(notices: Sequence[Notice], count: DayCount, caps: Caps, *, rehearse: bool) -> Selection:
    """Who leaves: the largest stakes first. rehearse: nothing is posted, so no letter costs."""
    leaving: list[Counted] = []
    over: list[tuple[Notice, str]] = []
    for notice in sorted(notices, key=lambda one: (-stake_of(one), one.id)):
        if passes_caps(notice):
            leaving.append((notice, count))
            continue
        after = _with(count, notice, caps, rehearse=rehearse)
        reason = _over(after, notice, caps)
        if reason is None:
            count = after
            leaving.append((notice, count))
        else:
            over.append((notice, reason))
    return Selection(tuple(leaving), tuple(over))


def _with(count: DayCount, notice: Notice, caps: Caps, *, rehearse: bool) -> DayCount:
    is_letter = notice.channel.is_letter
    cost = Decimal(0) if rehearse else caps.costs.get(notice.channel, Decimal(0))
    return replace(
        count,
        messages=count.messages + 1,
        first_messages=count.first_messages + notice.is_first,
        letters=count.letters + is_letter,
        spent_on_letters=count.spent_on_letters + (cost if is_letter else 0),
    )


def _over(after: DayCount, notice: Notice, caps: Caps) -> str | None:
    if after.messages > caps.messages:
        return "daily-cap"
    if notice.is_first and after.first_messages > caps.first_messages:
        return "first-messages-cap"
    if not notice.channel.is_letter:
        return None
    if caps.letters is not None and after.letters > caps.letters:
        return "letters-cap"
    spent = caps.budget is not None and after.spent_on_letters > caps.budget
    return "letters-budget" if spent else None
