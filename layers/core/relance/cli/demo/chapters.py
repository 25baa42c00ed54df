"""Parts of the summary that gather many days: what was held and why, and one case's history."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from relance.adapters.messages.reasons import reason_sentence
from relance.cli.demo.diary import Diary, HeldDay
from relance.domain.evidence import EvidenceEntry
from relance.domain.notice import Notice

_MACHINES = {"system", "ses", "import"}
_TOLD = ("outcome", "promise", "disputed", "announced_payment")
"""Facts of an entry that say something to a reader and are the same in every run."""


def held_reasons(diary: Diary, language: str) -> list[dict[str, Any]]:
    """One line per reason not to act. case_days: how many cases on how many days."""
    by_reason: dict[str, list[HeldDay]] = {}
    for held in diary.held:
        if ":" not in held.reason:
            by_reason.setdefault(held.reason, []).append(held)
    found = [_reason(reason, days, language) for reason, days in by_reason.items()]
    return sorted(found, key=lambda line: (-line["case_days"], line["reason"]))


def _reason(reason: str, days: list[HeldDay], language: str) -> dict[str, Any]:
    return {
        "reason": reason,
        "sentence": reason_sentence(reason, language),
        "debtors": sorted({held.debtor for held in days}),
        "case_days": len({(held.on, held.debtor) for held in days}),
        "first": min(held.on for held in days).isoformat(),
        "last": max(held.on for held in days).isoformat(),
    }


def skipped_steps(diary: Diary, language: str) -> list[dict[str, Any]]:
    """Steps passed over, with the reason and on how many documents."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for held in diary.held:
        reason, _, step = held.reason.partition(":")
        if step:
            documents = {(held.debtor, number) for number in held.numbers}
            found.setdefault((step, reason), set()).update(documents)
    return [
        {
            "step": step,
            "reason": reason,
            "sentence": reason_sentence(reason, language),
            "documents": len(documents),
        }
        for (step, reason), documents in sorted(found.items())
    ]


def focus_events(
    history: Iterable[EvidenceEntry], notices: Mapping[str, Notice], zone: tzinfo
) -> list[dict[str, Any]]:
    """The evidence of a case, entry by entry; who: None for machines."""
    events = []
    for entry in history:
        notice = notices.get(entry.facts.get("notice", ""))
        events.append(
            {
                "seq": entry.seq,
                "at": entry.at.astimezone(zone).isoformat(),
                "who": None if entry.actor in _MACHINES else entry.actor,
                "kind": entry.kind,
                "step": notice.step if notice else None,
                "channel": _channel(notice) if notice else None,
                "documents": _documents(entry),
                "facts": {name: entry.facts[name] for name in _TOLD if name in entry.facts},
                "kept": len(entry.objects),
            }
        )
    return events


def _channel(notice: Notice) -> str:
    return "email_copy" if notice.copy_of else str(notice.channel)


def _documents(entry: EvidenceEntry) -> list[str]:
    """ "FA-1|invoice|1:email_1 …" as the numbers and their steps."""
    pairs = entry.facts.get("performs", "").split()
    return sorted({pair.split("|", 1)[0] for pair in pairs})
