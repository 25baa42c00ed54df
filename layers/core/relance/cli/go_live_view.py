"""What going live would do, on the terminal: fits one of 80 columns."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from relance.adapters.messages.going_live_messages import word
from relance.adapters.messages.reasons import reason_sentence
from relance.adapters.messages.simulation_messages import CHANNELS, LEVELS, label
from relance.adapters.rendering.formats import money, money_sum, short_date, weekday_date
from relance.application.forecast import FirstMessage
from relance.application.go_live import GoLivePreview
from relance.application.release import WaitingItem
from relance.cli.go_live_json import COUNTED, asked_in, cost_in, pushed_in
from relance.domain.creditor import CreditorProfile, Mode
from relance.domain.policy import Level

_WAITING_SHOWN = 10


def show_go_live(
    console: Console, found: GoLivePreview, profile: CreditorProfile, language: str
) -> None:
    def say(key: str, **values: object) -> None:
        console.print(word(key, language, **values), markup=False, highlight=False, soft_wrap=True)

    say(
        "about",
        creditor=found.creditor,
        cases=found.cases,
        items=found.open_items,
        before=found.before,
        wanted=found.wanted,
    )
    for reason in found.blocked:
        say("blocked", reason=reason_sentence(reason, language))
    for address in found.ahead.strangers:
        say("strangers", address=address)
    console.print(_calendar(found, language))
    say("legend", **_prices(profile, language))
    for reason, count in sorted(pushed_in(found).items()):
        say("over", count=count, reason=reason_sentence(reason, language))
    say("taken")
    if found.wanted in {Mode.CONFIRM, Mode.REDIRECT}:
        say(str(found.wanted))
    if found.ahead.first_count:
        say("first", count=found.ahead.first_count)
        console.print(_first(found.ahead.first_messages, language))
    if found.to_release:
        _waiting(console, found, language)


def _calendar(found: GoLivePreview, language: str) -> Table:
    ahead = found.ahead
    dates = {"first": ahead.first, "last": ahead.last}
    shown = {name: short_date(day, language=language) for name, day in dates.items()}
    title = word("title", language, mode=found.wanted, **shown)
    table = Table(title=title, show_footer=True, box=SIMPLE, pad_edge=False)
    table.add_column(word("day", language), word("total", language), no_wrap=True)
    for name in COUNTED:
        total = str(sum(getattr(one, name) for one in ahead.days))
        table.add_column(word(name, language), total, justify="right", no_wrap=True)
    table.add_column(word("pushed", language), "", justify="right", no_wrap=True)
    cost = money(cost_in(found), found.currency, language=language)
    table.add_column(word("cost", language), cost, justify="right", no_wrap=True)
    for one in ahead.days:
        counts = [getattr(one, name) for name in COUNTED] + [sum(one.pushed.values())]
        paid = money(one.cost, found.currency, language=language) if one.cost else ""
        table.add_row(
            weekday_date(one.on, language=language), *(str(n) if n else "" for n in counts), paid
        )
    return table


def _first(messages: tuple[FirstMessage, ...], language: str) -> Table:
    table = Table(box=SIMPLE)
    table.add_column(word("day", language), no_wrap=True)
    for key in ("debtor", "name", "channel", "level"):
        table.add_column(word(key, language), overflow="fold")
    table.add_column(word("asked", language), justify="right", no_wrap=True)
    for one in messages:
        table.add_row(
            weekday_date(one.on, language=language),
            Text(one.debtor),
            Text(one.name),
            label(CHANNELS, one.channel.value, language),
            label(LEVELS, one.level.value, language),
            money_sum(one.asked, language=language),
        )
    return table


def _waiting(console: Console, found: GoLivePreview, language: str) -> None:
    items = sorted(found.to_release, key=lambda one: (-one.asked, one.debtor, one.number))
    counts = {"items": len(items), "debtors": len({one.debtor for one in items})}
    total = money_sum(asked_in(found), language=language)
    text = word("waiting", language, sum=total, **counts)
    console.print(text, markup=False, highlight=False, soft_wrap=True)
    table = Table(box=SIMPLE)
    for key in ("debtor", "name", "document"):
        table.add_column(word(key, language), overflow="fold")
    for key in ("late", "asked"):
        table.add_column(word(key, language), justify="right", no_wrap=True)
    table.add_column(word("accounts", language), overflow="fold")
    for one in items[:_WAITING_SHOWN]:
        table.add_row(
            Text(one.debtor),
            Text(one.name),
            Text(one.number),
            word("days", language, days=one.days_late),
            money(one.asked, one.currency, language=language),
            _in_the_accounts(one, language),
        )
    console.print(table)
    if len(items) > _WAITING_SHOWN:
        more = word("more", language, more=len(items) - _WAITING_SHOWN, creditor=found.creditor)
        console.print(more, markup=False, highlight=False, soft_wrap=True)
    console.print(_to_do(found, language), markup=False, highlight=False, soft_wrap=True)


def _in_the_accounts(one: WaitingItem, language: str) -> str:
    shown = "" if one.shown_level is None else word("reminder", language, level=one.shown_level)
    on = short_date(one.reminded_on, language=language) if one.reminded_on else ""
    return f"{shown} {on}".strip()


def _to_do(found: GoLivePreview, language: str) -> str:
    if found.level is None:
        return word("unreleased", language, creditor=found.creditor)
    other = Level.LEVEL_2 if found.level is Level.LEVEL_1 else Level.LEVEL_1
    level = label(LEVELS, found.level.value, language)
    return word(
        "released",
        language,
        creditor=found.creditor,
        level=level,
        code=found.level.value,
        other=other.value,
    )


def _prices(profile: CreditorProfile, language: str) -> dict[str, str]:
    return {
        "letter": money(profile.letter_cost, profile.currency, language=language),
        "registered": money(profile.registered_letter_cost, profile.currency, language=language),
    }
