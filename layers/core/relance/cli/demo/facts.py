"""What the story itself knows, as plain values: the truth that messages are compared with."""

from typing import Any

from relance.application.office import Desk
from relance.cli.demo.ledger import first_listed
from relance.cli.demo.story import Story

Line = dict[str, Any]


def told_acts(story: Story) -> list[Line]:
    return [
        {
            "at": act.at.isoformat(),
            "who": act.who,
            "what": act.what,
            "debtor": act.debtor,
            "detail": act.detail,
        }
        for act in story.diary.acts
    ]


def told_replies(desk: Desk) -> list[Line]:
    """What customers wrote, as it was filed. The hour at which the SMTP server had it is a real
    one: the day of the story is told by the acts.
    """
    return [
        {
            "debtor": debtor,
            "kind": reply.kind,
            "matched_by": reply.matched_by,
            "seen_by": reply.seen_by,
            "text": reply.visible_text,
        }
        for debtor in desk.cases.debtors()
        for reply in desk.stores.replies.of_case(debtor)
    ]


def told_items(story: Story) -> list[Line]:
    """By the accounts, not by the stores: what the checks compare the messages with."""
    days = story.diary.balance_days
    listed = ((entry, first_listed(entry, days)) for entry in story.ledger.entries)
    found = [
        {
            "debtor": entry.debtor,
            "number": entry.number,
            "kind": str(entry.kind),
            "due": entry.due.isoformat() if entry.due else None,
            "first_listed": first.isoformat() if first else None,
            "settled_on": entry.settled_on.isoformat() if entry.settled_on else None,
        }
        for entry, first in listed
    ]
    return sorted(found, key=lambda item: (item["debtor"], item["number"]))


def told_silences(story: Story) -> list[Line]:
    found = [
        {
            "debtor": one.debtor,
            "number": one.number,
            "reason": one.reason,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else None,
        }
        for one in story.diary.silences
    ]
    return sorted(found, key=lambda one: (one["since"] or "", one["debtor"], one["number"] or ""))
