"""What one of our people reads of a morning: finance all of it, a collector what is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from relance.application.call_sheet import sheet_of
from relance.application.morning.entries import Entry, Section, command
from relance.application.morning.gather import Morning
from relance.application.morning.readers import Recipient
from relance.application.ports import CallSheetRenderer
from relance.application.stakes import sum_of
from relance.domain.creditor import Mode
from relance.domain.escalation.call_list import CallToMake, DayOfCalls

LEAVING_SHOWN = 200
"""More than the caps let out: what leaves is told message by message."""
SHOWN = 10
GROUP_SHOWN = 5

PREVIEW, DIGEST = "preview", "digest"
PARTS = (PREVIEW, DIGEST)
SECTIONS = (
    *("leaving", "held", "observed"),
    *("left", "not_left", "bounced", "approvals", "doubtful", "alerts", "unread", "broken"),
    *("deadlines", "stale", "imports", "calls"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told already: all before since, and the promises broken on the balance of
    as_of (None: of none).
    """

    since: datetime
    as_of: date | None = None


def view_of(
    morning: Morning, who: Recipient, told: Told, sheets: CallSheetRenderer
) -> dict[str, object]:
    """The values of the template."""
    calls = _calls(morning, who, sheets)
    return (
        _day(morning, who) | _preview(morning, who) | _digest(morning, who, told) | {"calls": calls}
    )


def has_news(view: dict[str, object], who: Recipient) -> bool:
    """Whether there is anything at all to tell: what stops a creditor is told to finance."""
    stopped = view["closed"] is not None or bool(view["missing_pages"])
    return any(view[name] for name in SECTIONS) or (stopped and who.is_finance)


def _day(morning: Morning, who: Recipient) -> dict[str, object]:
    desk, creditor = morning.desk, morning.desk.creditor
    foreseen = morning.foreseen
    release = foreseen.to_release and bool(foreseen.leaving)
    return {
        "day": desk.today,
        "parts": PARTS,
        "is_all": who.is_finance,
        "send_from": desk.limits.send_from.strftime("%H:%M"),
        "is_now": foreseen.is_now,
        "closed": foreseen.closed,
        "release": command("release-day", creditor.code) if release else None,
        "redirect_to": creditor.redirect_to if creditor.mode is Mode.REDIRECT else None,
        "mode": str(creditor.mode),
        "pause": command("pause", creditor.code),
        "balance_of": creditor.balance.fresh_as_of,
        "missing_pages": morning.missing,
    }


def _preview(morning: Morning, who: Recipient) -> dict[str, object]:
    return {
        "leaving": _view(morning.leaving, who, LEAVING_SHOWN),
        "held": _grouped(morning.held, who),
        "observed": _view(morning.observed, who),
    }


def _digest(morning: Morning, who: Recipient, told: Told) -> dict[str, object]:
    became, since = morning.became, told.since
    return {
        "left": _view(_after(became.left, since), who),
        "not_left": _grouped(_after(became.not_left, since), who),
        "bounced": _view(_after(became.bounced, since), who),
        "approvals": _view(morning.approvals, who),
        "doubtful": _view(morning.doubtful, who),
        "alerts": _view(_alerts(morning.unread, wanted=True), who),
        "unread": _view(_alerts(morning.unread, wanted=False), who),
        "broken": _view(_broken_after(morning.broken, told.as_of), who),
        "deadlines": _view(morning.deadlines, who),
        "stale": _view(morning.stale, who),
        "imports": [one for one in morning.imports if who.reads(one) and _at(one) >= since][:SHOWN],
    }


def _after(section: Section, since: datetime) -> Section:
    kept = tuple(one for one in section.entries if _at(one) >= since)
    return Section(kept, section.beyond)


def _alerts(section: Section, *, wanted: bool) -> Section:
    """The replies that have waited too long, or the others, among whom what was not read is."""
    kept = tuple(one for one in section.entries if (one["alert"] is not None) is wanted)
    return Section(kept, 0 if wanted else section.beyond)


def _broken_after(section: Section, as_of: date | None) -> Section:
    """Held on the balance of that day, and contradicted since."""
    if as_of is None:
        return section
    kept = tuple(one for one in section.entries if str(one["ended"]) >= as_of.isoformat())
    return Section(kept, section.beyond)


def _at(entry: Entry) -> datetime:
    at = entry["at"]
    if not isinstance(at, datetime):
        raise TypeError("an entry of what happened has its instant")
    return at


def _view(section: Section, who: Recipient, most: int = SHOWN) -> dict[str, object] | None:
    """shown: the first ones; more: how many others; total: of all that were read."""
    mine = [one for one in section.entries if who.reads(one)]
    if not mine:
        return None
    beyond = section.beyond if who.is_finance else 0
    more = max(0, len(mine) - most) + beyond
    return {"shown": mine[:most], "more": more, "count": len(mine) + beyond, "total": _total(mine)}


def _grouped(section: Section, who: Recipient) -> list[dict[str, object]]:
    """By reason, the largest group first; what was not read has no reason here."""
    groups: dict[str, list[Entry]] = {}
    for one in section.entries:
        if who.reads(one):
            groups.setdefault(str(one["reason"]), []).append(one)
    ranked = sorted(groups.items(), key=lambda found: (-len(found[1]), found[0]))
    views = [
        {"reason": reason, "shown": mine[:GROUP_SHOWN], "count": len(mine)}
        | {"more": max(0, len(mine) - GROUP_SHOWN), "total": _total(mine)}
        for reason, mine in ranked
    ]
    if who.is_finance and section.beyond and views:
        views[0] |= {
            "more": _number(views[0]["more"]) + section.beyond,
            "count": _number(views[0]["count"]) + section.beyond,
        }
    return views


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _total(entries: Iterable[Entry]) -> dict[str, Decimal]:
    return sum_of(asked for one in entries if isinstance(asked := one["asked"], dict))


def _calls(morning: Morning, who: Recipient, sheets: CallSheetRenderer) -> list[dict[str, object]]:
    """By collector. Who makes them has the sheets, finance one line a call."""
    profile = morning.desk.creditor.profile
    return [
        {
            "collector": profile.collector(key).name,
            "count": len(day.to_make),
            "over": len(day.over),
            "total": sum_of(call.asked for call in day.to_make),
            "sheets": _sheets(morning, day, sheets) if key in who.keys else [],
            "lines": [] if key in who.keys else [_line(call) for call in day.to_make[:SHOWN]],
            "more": 0 if key in who.keys else max(0, len(day.to_make) - SHOWN),
        }
        for key, day in morning.calls.items()
        if day.to_make and (who.is_finance or key in who.keys)
    ]


def _sheets(
    morning: Morning, day: DayOfCalls, sheets: CallSheetRenderer
) -> list[dict[str, object]]:
    desk = morning.desk
    language = desk.creditor.profile.language
    return [sheet_of(desk, call, sheets, language) for call in day.to_make]


def _line(call: CallToMake) -> Entry:
    debtor = call.case.debtor
    return {"debtor_code": debtor.code, "debtor_name": debtor.name, "asked": call.asked}
