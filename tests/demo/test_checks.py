"""Each check of the demonstration sees the one thing that it is about, and only that."""

from copy import deepcopy
from typing import Any

import pytest

from relance.cli.demo.checks import Check, run_checks

STEPS = [
    {"key": "preventive", "level": "preventive"},
    {"key": "email_1", "level": "level_1"},
    {"key": "letter_2", "level": "level_2"},
    {"key": "formal_notice", "level": "level_3"},
]


def message(day: str, step: str, *, days_late: int = 0, **changes: Any) -> dict[str, Any]:
    line = {
        "at": f"{day}T10:00:00+01:00",
        "debtor": "C1",
        "step": step,
        "notice": f"{step}-{day}",
        "channel": "registered_letter" if step in {"letter_2", "formal_notice"} else "email",
        "copy_of": None,
        "answers": False,
        "formal_notice": step == "formal_notice",
        "status": "sent",
        "approved_by": "Paul" if step == "formal_notice" else None,
        "items": [{"number": "F1", "asked": "10.00", "step": step, "days_late": days_late}],
    }
    return {**line, **changes}


def story() -> dict[str, Any]:
    """One invoice due on 2026-01-12 that goes from its preventive to a formal notice."""
    return {
        "steps": STEPS,
        "closed_days": ["2026-01-10"],
        "items": [
            {
                "debtor": "C1",
                "number": "F1",
                "due": "2026-01-12",
                "first_listed": "2026-01-05",
                "settled_on": "2026-03-09",
            }
        ],
        "silences": [
            silence("disputed", None, debtor="C2"),
            silence("promised", "2026-01-29", debtor="C2"),
            silence("unread-reply", "2026-01-20", debtor="C2", number=None),
        ],
        "sent": [
            message("2026-01-05", "preventive"),
            message("2026-01-15", "email_1"),
            message("2026-02-03", "letter_2"),
            message("2026-02-03", "letter_2", channel="email", copy_of="letter_2-2026-02-03"),
            message("2026-03-02", "formal_notice"),
            message("2026-01-15", "promise_recap", answers=True, items=[]),
        ],
        "cases": [{"debtor": "C1", "chain": "verified"}],
        "dead_letters": {},
    }


def silence(reason: str, until: str | None, **changes: Any) -> dict[str, Any]:
    line = {
        "debtor": "C1",
        "number": "F1",
        "reason": reason,
        "since": "2026-01-14T09:00:00+01:00",
        "until": f"{until}T00:00:00+01:00" if until else None,
    }
    return {**line, **changes}


def failed(summary: dict[str, Any]) -> list[str]:
    return [check.name for check in run_checks(summary) if check.failures]


def test_a_story_that_keeps_the_rules_passes_every_check() -> None:
    checks = run_checks(story())
    assert all(check.ok for check in checks), checks


def test_what_never_occurs_proves_nothing() -> None:
    assert not Check("any", 0, ()).ok


BREAKS: dict[str, Any] = {
    "nothing-asked-once-settled": lambda s: s["items"][0].update(settled_on="2026-02-02"),
    "nothing-asked-while-disputed": lambda s: s["silences"].append(
        silence("disputed", None, debtor="C1")
    ),
    "nothing-asked-while-promised": lambda s: s["silences"].append(
        silence("promised", "2026-01-16")
    ),
    "nothing-sent-while-a-reply-is-unread": lambda s: s["silences"].append(
        silence("unread-reply", "2026-01-16", number=None)
    ),
    "reminders-seven-days-apart": lambda s: s["sent"][0].update(at="2026-01-09T10:00:00+01:00"),
    "copies-with-their-letter": lambda s: s["sent"][3].update(at="2026-02-04T10:00:00+01:00"),
    "levels-in-order": lambda s: s["sent"].pop(1),
    "first-formal-notice-45-to-60-days-late": lambda s: s["sent"][4].update(
        at="2026-02-20T10:00:00+01:00"
    ),
    "formal-notices-approved-by-a-person": lambda s: s["sent"][4].update(approved_by=None),
    "nothing-on-closed-days": lambda s: s["closed_days"].append("2026-02-03"),
    "evidence-chains-verified": lambda s: s["cases"][0].update(chain="evidence-chain-broken"),
    "no-message-lost": lambda s: s["dead_letters"].update(SendDlq=1),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_rule_broken_is_seen_by_its_own_check(name: str) -> None:
    broken = deepcopy(story())
    BREAKS[name](broken)
    if name in {"nothing-asked-while-disputed", "nothing-asked-while-promised"}:
        assert failed(broken) == [name]
    assert name in failed(broken)


def test_two_messages_on_one_day_are_seen() -> None:
    broken = story()
    broken["sent"].append(message("2026-03-02", "formal_notice", items=[]))
    assert "one-message-a-day" in failed(broken)


def test_a_copy_is_no_other_reminder_and_asks_for_what_its_letter_does() -> None:
    summary = story()
    assert failed(summary) == []
    summary["sent"][3]["items"][0]["asked"] = "11.00"
    assert failed(summary) == ["copies-with-their-letter"]


def test_a_message_that_bounced_was_not_a_reminder() -> None:
    summary = story()
    summary["sent"].insert(1, message("2026-01-14", "email_1", status="bounced", items=[]))
    assert failed(summary) == []


def test_a_silence_that_is_over_silences_nothing() -> None:
    summary = story()
    summary["silences"].append(silence("promised", "2026-01-15"))
    assert failed(summary) == []
