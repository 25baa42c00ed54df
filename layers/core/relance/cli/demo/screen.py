"""The summary on a terminal of 80 columns: what left, what was held, and what people did."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from relance.cli.demo.checks import Check
from relance.cli.demo.say import Say
from relance.cli.demo.texts import CHECKS, STEPS, TASKS

Summary = dict[str, Any]

SHOWN_CUSTOMERS = 14
"""Those who went furthest; the others are in summary.json."""


def show_summary(console: Console, summary: Summary, say: Say) -> None:
    title = say("title", company=summary["company"], first=summary["from"], last=summary["to"])
    console.print(Panel(f"[bold]{title}[/bold]\n{_overview(summary, say)}"))
    for table in (
        _by_step(summary, say),
        _by_customer(summary, say),
        _held(summary, say),
        _dropped(summary, say),
        _replies(summary, say),
        _tasks(summary, say),
    ):
        if table.rows:
            console.print(table)


def _overview(summary: Summary, say: Say) -> str:
    acts = [act["what"] for act in summary["acts"]]
    return say(
        "overview",
        files=len(summary["imports"]),
        refused=sum(one["rejected"] for one in summary["imports"]),
        sent=sum(not line["copy_of"] for line in summary["sent"]),
        copies=sum(bool(line["copy_of"]) for line in summary["sent"]),
        bounced=sum(line["status"] == "bounced" for line in summary["sent"]),
        calls=acts.count("call"),
        replies=len(summary["replies"]),
        approved=acts.count("formal-notice-approved"),
    )


def show_checks(console: Console, checks: Iterable[Check], say: Say) -> None:
    console.print(f"\n[bold]{say('checks')}[/bold]")
    for check in checks:
        mark = "[green]✓[/green]" if check.ok else "[red]✗[/red]"
        console.print(f" {mark} {say(check.name, CHECKS)} [dim]({check.looked_at})[/dim]")
        for failure in check.failures[:5]:
            console.print(f"    {failure}", style="red", markup=False)


def _table(say: Say, title: str, *columns: str) -> Table:
    table = Table(title=say(title), title_justify="left", title_style="bold", expand=True)
    for column in columns:
        table.add_column(say(column), overflow="fold")
    return table


def _by_step(summary: Summary, say: Say) -> Table:
    table = _table(say, "sent", "step", "channel", "messages", "debtors", "asked")
    for column in table.columns[2:]:
        column.justify = "right"
    order = _order(summary)
    groups: dict[tuple[int, str], list[Summary]] = {}
    for sent in summary["sent"]:
        channel = "email_copy" if sent["copy_of"] else sent["channel"]
        groups.setdefault((order.index(sent["step"]), channel), []).append(sent)
    for (index, channel), lines in sorted(groups.items(), key=_letter_first):
        debtors = {line["debtor"] for line in lines}
        asked = say.money(_total(lines))
        counts = str(len(lines)), str(len(debtors))
        table.add_row(say(order[index], STEPS), say(channel), *counts, asked)
    return table


def _letter_first(group: tuple[tuple[int, str], list[Summary]]) -> tuple[int, bool, str]:
    (index, channel), _ = group
    return index, channel == "email_copy", channel


def _total(lines: Iterable[Summary]) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        for currency, amount in line["asked"].items():
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(amount)
    return {currency: str(total) for currency, total in sorted(sums.items())}


def _by_customer(summary: Summary, say: Say) -> Table:
    table = _table(say, "who", "customer", "history")
    stories: dict[tuple[str, str], list[Summary]] = {}
    for sent in [line for line in summary["sent"] if not line["copy_of"]]:
        stories.setdefault((sent["debtor"], sent["name"]), []).append(sent)
    order = _order(summary)
    furthest = sorted(stories.items(), key=lambda story: (-_reached(story[1], order), story[0]))
    for (_, name), lines in furthest[:SHOWN_CUSTOMERS]:
        table.add_row(name, " · ".join(_told(line, say) for line in lines))
    if len(furthest) > SHOWN_CUSTOMERS:
        table.add_row(say("and_more", count=len(furthest) - SHOWN_CUSTOMERS), "summary.json")
    return table


def _reached(lines: Iterable[Summary], order: list[str]) -> int:
    """Answers lead nowhere."""
    return max((order.index(one["step"]) for one in lines if not one["answers"]), default=-1)


def _order(summary: Summary) -> list[str]:
    """The steps of the policy, then what else was written."""
    known = [step["key"] for step in summary["steps"]]
    return known + sorted({sent["step"] for sent in summary["sent"]} - set(known))


def _told(sent: Summary, say: Say) -> str:
    """The day, the step, and why: how late the oldest document is (negative: before it is due)."""
    ages = [i["days_late"] for i in sent["items"] if i["step"] and i["days_late"] is not None]
    late = f" ({max(ages):+d})" if ages else ""
    bounced = " ↩" if sent["status"] == "bounced" else ""
    return f"{say.day(sent['at'])} {say(sent['step'], STEPS)}{late}{bounced}"


def _held(summary: Summary, say: Say) -> Table:
    table = _table(say, "held", "reason", "debtors", "case_days", "period")
    for column in table.columns[1:3]:
        column.justify = "right"
    for line in summary["held"]:
        period = f"{say.day(line['first'])} – {say.day(line['last'])}"
        debtors = str(len(line["debtors"]))
        table.add_row(line["sentence"], debtors, str(line["case_days"]), period)
    return table


def _dropped(summary: Summary, say: Say) -> Table:
    table = _table(say, "dropped", "day", "customer", "step", "reason")
    names = {case["debtor"]: case["name"] for case in summary["cases"]}
    for line in summary["dropped"]:
        name = names[line["debtor"]]
        reason = line["sentence"] or line["status"]
        table.add_row(say.day(line["at"]), name, say(line["step"], STEPS), reason)
    return table


def _replies(summary: Summary, say: Say) -> Table:
    table = _table(say, "replies", "day", "customer", "what")
    names = {case["debtor"]: case["name"] for case in summary["cases"]}
    texts = {reply["debtor"]: " ".join(reply["text"].split()) for reply in summary["replies"]}
    for act in summary["acts"]:
        if act["what"].startswith("reply-") and act["what"] != "reply-seen":
            text = texts.get(act["debtor"], "")
            shown = text if len(text) < 130 else f"{text[:127]}…"
            table.add_row(say.day(act["at"]), names[act["debtor"]], shown)
    return table


def _tasks(summary: Summary, say: Say) -> Table:
    table = _table(say, "tasks", "customer", "what", "due")
    for task in summary["tasks"]:
        table.add_row(task["name"], say(task["kind"], TASKS), say.day(task["due_on"]))
    return table
