"""What must be true of any story, computed from its summary alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

Summary = Mapping[str, Any]
Line = Mapping[str, Any]

WEEK = timedelta(days=7)
FIRST_FORMAL_NOTICE = (45, 60)
"""Days after the due date, for documents that were followed since before it."""
_NEVER_LEVELS_FIRST = {"level_2", "level_3", "litigation"}
_LEVELS = ("preventive", "level_1", "level_2", "level_3", "litigation")


@dataclass(frozen=True, slots=True)
class Check:
    """looked_at: how many cases of it there were; one that never occurs proves nothing."""

    name: str
    looked_at: int
    failures: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.failures and self.looked_at > 0


def run_checks(summary: Summary) -> list[Check]:
    return [
        Check(name, *_counted(found(summary)))
        for name, found in (
            ("nothing-asked-once-settled", _settled),
            ("nothing-asked-while-disputed", _while("disputed")),
            ("nothing-asked-while-promised", _while("promised", "payment-announced")),
            ("nothing-sent-while-a-reply-is-unread", _while("unread-reply")),
            ("reminders-seven-days-apart", _apart),
            ("one-message-a-day", _one_a_day),
            ("copies-with-their-letter", _copies),
            ("levels-in-order", _levels),
            ("first-formal-notice-45-to-60-days-late", _formal_notices),
            ("formal-notices-approved-by-a-person", _approved),
            ("nothing-on-closed-days", _closed_days),
            ("evidence-chains-verified", _chains),
            ("no-message-lost", _dead_letters),
        )
    ]


Finding = tuple[str, bool]
"""What was looked at, and whether it is right."""


def _counted(findings: Iterator[Finding]) -> tuple[int, tuple[str, ...]]:
    listed = list(findings)
    return len(listed), tuple(what for what, right in listed if not right)


def _settled(summary: Summary) -> Iterator[Finding]:
    """Against the balances that were dropped, not against what the system made of them."""
    settled = {(i["debtor"], i["number"]): i["settled_on"] for i in summary["items"]}
    for sent, item in _asked(summary):
        day = settled.get((sent["debtor"], item["number"]))
        yield _name(sent, item), day is None or _on(sent) < date.fromisoformat(day)


def _while(*reasons: str) -> Callable[[Summary], Iterator[Finding]]:
    def found(summary: Summary) -> Iterator[Finding]:
        silences = [s for s in summary["silences"] if s["reason"] in reasons]
        for silence in silences:
            broken = [_name(s, i) for s, i in _asked(summary) if _breaks(silence, s, i)]
            yield f"{silence['debtor']} {silence['since'][:10]}: {broken}", not broken

    return found


def _breaks(silence: Line, sent: Line, item: Line) -> bool:
    if silence["debtor"] != sent["debtor"] or silence["number"] not in {None, item["number"]}:
        return False
    at, since = datetime.fromisoformat(sent["at"]), datetime.fromisoformat(silence["since"])
    return since <= at and (
        silence["until"] is None or at < datetime.fromisoformat(silence["until"])
    )


def _apart(summary: Summary) -> Iterator[Finding]:
    """The formal notice neither waits nor counts; what bounced was never received."""
    for debtor, sent in _by_debtor(summary):
        for first, second in pairwise(s for s in sent if not s["formal_notice"]):
            gap = _on(second) - _on(first)
            yield f"{debtor} {_on(first)} {_on(second)}", gap >= WEEK


def _one_a_day(summary: Summary) -> Iterator[Finding]:
    for debtor, sent in _by_debtor(summary):
        days = [_on(one) for one in sent]
        yield debtor, len(days) == len(set(days))


def _copies(summary: Summary) -> Iterator[Finding]:
    """The e-mail copy is the same message as its letter: that very day, asking for the same."""
    letters = {sent["notice"]: sent for sent in summary["sent"] if sent["channel"] != "email"}
    for sent in summary["sent"]:
        if sent["copy_of"] is not None:
            letter = letters.get(sent["copy_of"])
            same = letter is not None and _demand(letter) == _demand(sent)
            yield _name(sent), same


def _demand(sent: Line) -> tuple[str, date, list[tuple[str, str]]]:
    asked = [(item["number"], item["asked"]) for item in sent["items"]]
    return sent["debtor"], _on(sent), asked


def _levels(summary: Summary) -> Iterator[Finding]:
    """Per document: steps only go on, no level is passed over, and none begins harshly."""
    order = {step["key"]: index for index, step in enumerate(summary["steps"])}
    level = {step["key"]: step["level"] for step in summary["steps"]}
    for name, steps in sorted(_steps(summary).items()):
        known = [step for step in steps if step in order]
        ranks = [_LEVELS.index(level[step]) for step in known]
        rising = all(order[a] < order[b] for a, b in pairwise(known))
        gentle = all(b - a <= 1 for a, b in pairwise(ranks))
        starts = not known or level[known[0]] not in _NEVER_LEVELS_FIRST
        yield f"{name}: {' '.join(steps)}", rising and gentle and starts


def _steps(summary: Summary) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sent in _received(summary):
        for item in sent["items"]:
            if item["step"]:
                found.setdefault(f"{sent['debtor']} {item['number']}", []).append(item["step"])
    return found


def _formal_notices(summary: Summary) -> Iterator[Finding]:
    """The first one of each debtor, when all it demands was listed before its due date and nothing
    (promise, dispute, reply) suspended it; the oldest document counts, others are taken along.
    """
    listed = {(i["debtor"], i["number"]): i for i in summary["items"]}
    suspended = {s["debtor"] for s in summary["silences"]}
    for debtor, sent in _by_debtor(summary):
        first = next((one for one in sent if one["formal_notice"]), None)
        if first is None or debtor in suspended:
            continue
        items = [listed[debtor, item["number"]] for item in first["items"] if item["step"]]
        if all(i["first_listed"] <= i["due"] for i in items):
            late = (_on(first) - date.fromisoformat(min(i["due"] for i in items))).days
            low, high = FIRST_FORMAL_NOTICE
            yield f"{debtor} {_on(first)}: {late} days late", low <= late <= high


def _approved(summary: Summary) -> Iterator[Finding]:
    for sent in summary["sent"]:
        if sent["formal_notice"]:
            yield f"{sent['debtor']} {_on(sent)}", bool(sent["approved_by"])


def _closed_days(summary: Summary) -> Iterator[Finding]:
    for sent in summary["sent"]:
        yield _name(sent), _on(sent).isoformat() not in summary["closed_days"]


def _chains(summary: Summary) -> Iterator[Finding]:
    for case in summary["cases"]:
        yield f"{case['debtor']}: {case['chain']}", case["chain"] == "verified"


def _dead_letters(summary: Summary) -> Iterator[Finding]:
    yield str(summary["dead_letters"]), not summary["dead_letters"]


def _received(summary: Summary) -> list[Line]:
    """Messages that arrived, in the order in which they left. A letter and its e-mail copy are one
    message: the letter. What answers the customer chases nobody.
    """
    chasing = [s for s in summary["sent"] if not s["copy_of"] and not s["answers"]]
    arrived = [s for s in chasing if s["status"] != "bounced"]
    return sorted(arrived, key=lambda s: (s["at"], s["debtor"]))


def _by_debtor(summary: Summary) -> Iterator[tuple[str, list[Line]]]:
    for debtor in sorted({sent["debtor"] for sent in summary["sent"]}):
        yield debtor, [sent for sent in _received(summary) if sent["debtor"] == debtor]


def _asked(summary: Summary) -> Iterator[tuple[Line, Line]]:
    """Every (message, document that it asks for)."""
    for sent in summary["sent"]:
        for item in sent["items"]:
            if item["asked"] is not None:
                yield sent, item


def _on(sent: Line) -> date:
    return datetime.fromisoformat(sent["at"]).date()


def _name(sent: Line, item: Line | None = None) -> str:
    document = f" {item['number']}" if item else ""
    return f"{sent['debtor']} {_on(sent)} {sent['step']}{document}"
