"""A morning on which everything happened."""

from datetime import UTC, date, datetime
from decimal import Decimal

from relance.application.call_script import CallScript
from relance.domain.task import TaskKind

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)

VIDAL: dict[str, object] = {
    "debtor_name": "Vidal & Fils",
    "debtor_code": "C1",
    "asked": {"EUR": Decimal("6382.90")},
    "who": "celia",
    "collector": "Célia Martin",
}
ROUX: dict[str, object] = VIDAL | {
    "debtor_name": "Ateliers Roux",
    "debtor_code": "C2",
    "asked": {"EUR": Decimal("812.40"), "USD": Decimal(300)},
}
EMAIL: dict[str, object] = {
    "others": 0,
    "channel": "email",
    "level": "level_1",
    "formal": False,
    "is_copy": False,
    "rehearsal": False,
    "pieces": 2,
    "late": 7,
    "why": "step-due",
    "at": AT,
}
LETTER = EMAIL | {"channel": "registered_letter", "level": "level_2", "pieces": 3, "late": 24}
FORMAL = LETTER | {"level": "level_3", "formal": True, "late": 46}
ANSWER = EMAIL | {"level": None, "pieces": 0, "late": 0, "why": "answer-due"}


def some(*entries: dict[str, object], more: int = 0) -> dict[str, object]:
    total: dict[str, Decimal] = {}
    for entry in entries:
        asked = entry["asked"]
        assert isinstance(asked, dict)
        for currency, amount in asked.items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    count = len(entries) + more
    return {"shown": list(entries), "more": more, "count": count, "total": total}


SHEET: dict[str, object] = {
    "debtor_name": "Ateliers Roux",
    "debtor_code": "C2",
    "kind": TaskKind.CALL,
    "asked": {"EUR": Decimal("812.40")},
    "contact_name": "Mme Roux",
    "phone": "04 78 00 00 00",
    "others": [],
    "level": "level_1",
    "again_on": None,
    "attempts": 1,
    "lines": [],
    "more": 0,
    "said": [],
    "promises": [],
    "disputes": [],
    "script": CallScript("Une date.", ("Bonjour.",), ("Quand ?",), ("Notez.",), ()),
    "command": "relance call delorme C2 reached",
}

FULL: dict[str, object] = {
    "day": DAY,
    "parts": ("preview", "digest"),
    "is_all": True,
    "send_from": "10:00",
    "is_now": False,
    "mode": "confirm",
    "pause": "relance pause delorme",
    "missing_pages": 2,
    "closed": None,
    "release": "relance release-day delorme",
    "redirect_to": None,
    "balance_of": date(2026, 11, 16),
    "attached": True,
    "leaving": some(
        VIDAL | LETTER | {"command": "relance stop delorme abc", "others": 2},
        ROUX | EMAIL | {"command": "relance stop delorme def"},
        ROUX | ANSWER | {"command": "relance stop delorme ghi", "asked": {}},
        more=1,
    ),
    "held": [some(ROUX | EMAIL, more=3) | {"reason": "daily-cap"}],
    "observed": some(
        ROUX | {"channel": "call", "level": None, "reason": "not-on-allow-list"},
        VIDAL | {"channel": "email", "level": "level_1", "reason": "not-on-allow-list"},
    ),
    "left": some(VIDAL | EMAIL, ROUX | EMAIL | {"rehearsal": True}, more=2),
    "not_left": [some(ROUX | EMAIL) | {"reason": "stopped-by-person"}],
    "bounced": some(ROUX | EMAIL),
    "approvals": some(VIDAL | FORMAL | {"days": 3, "command": "relance approve delorme abc"}),
    "doubtful": some(ROUX | EMAIL | {"days": 0, "command": "relance resolve delorme def"}),
    "alerts": some(
        VIDAL | {"days": 9, "alert": "reply-unread-long", "command": "relance seen delorme C1 r0"}
    ),
    "unread": some(
        VIDAL | {"days": 4, "command": "relance seen delorme C1 r1"},
        {"debtor_name": None, "debtor_code": "", "asked": {}, "days": 1}
        | {"command": "relance todo delorme"},
    ),
    "broken": some(VIDAL | {"on": date(2026, 11, 13), "command": "relance case delorme C1"}),
    "deadlines": some(
        ROUX | {"kind": "hand_over", "on": date(2026, 11, 18), "days": -2, "insured": []},
        ROUX | {"kind": "dispute", "on": DAY, "days": 0, "insured": []},
        VIDAL
        | {"kind": "formal_notice", "on": date(2026, 11, 21), "days": 1}
        | {"insured": ["Coface"]},
        more=4,
    ),
    "stale": some(ROUX),
    "imports": [
        {
            "file": "balance-20.csv",
            "status": "suspicious",
            "reason": "settled-cause-unknown",
            "report_key": "reports/delorme/2026-11-20/1.json",
            "command": "relance confirm-import delorme delorme/balance-20.csv",
        },
        {
            "file": "contacts.xlsx",
            "status": "refused",
            "reason": "file-empty",
            "report_key": None,
            "command": None,
        },
    ],
    "calls": [
        {
            "collector": "Célia Martin",
            "count": 1,
            "over": 2,
            "total": {"EUR": Decimal("812.40")},
            "sheets": [SHEET],
            "lines": [],
            "more": 0,
        },
        {
            "collector": "Hugo Roy",
            "count": 12,
            "over": 0,
            "total": {"EUR": Decimal("6382.90")},
            "sheets": [],
            "lines": [VIDAL],
            "more": 11,
        },
    ],
}
