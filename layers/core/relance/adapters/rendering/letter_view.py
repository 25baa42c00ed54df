"""What the templates of a letter see, and where the envelope's window is.

Geometry: French right-hand window (NF Z 10-011 and printers' habits), millimetres from the top
left corner of an A4 page.
"""

from typing import Any

from relance.adapters.rendering.notice_view import notice_values
from relance.adapters.rendering.told_view import told_values
from relance.domain.errors import RelanceError
from relance.domain.notice_content import NoticeContent, PastStep
from relance.domain.penalties import PenaltyClaim
from relance.domain.postal_address import PostalAddress

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
WINDOW_LEFT_MM, WINDOW_TOP_MM = 110, 55
WINDOW_WIDTH_MM, WINDOW_HEIGHT_MM = 85, 33
CLEAR_LEFT_MM, CLEAR_TOP_MM, CLEAR_RIGHT_MM, CLEAR_BOTTOM_MM = 100, 45, 205, 95
"""Nothing but the address may be printed there: the envelope may slide."""
SENDER_LEFT_MM, SENDER_TOP_MM, SENDER_WIDTH_MM, SENDER_HEIGHT_MM = 20, 10, 70, 30
BODY_TOP_MM = 99
"""The first fold: the text of the letter starts under it."""
MARGIN_MM = 20
ADDRESS_WIDTH_MM = WINDOW_WIDTH_MM - 5
ADDRESS_SIZES_PT = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""The largest at which the longest line fits is taken."""

GEOMETRY = {name.lower(): value for name, value in globals().items() if name.endswith("_MM")}

_UNTOLD = frozenset({"not-made", "task-opened", "bounced", "expired", "failed", "withheld"})
"""Steps that never reached the customer are not recalled as if they had."""
_COUNTRIES = {
    "BE": "BELGIQUE",
    "CH": "SUISSE",
    "DE": "ALLEMAGNE",
    "ES": "ESPAGNE",
    "GB": "ROYAUME-UNI",
    "IE": "IRLANDE",
    "IT": "ITALIE",
    "LU": "LUXEMBOURG",
    "MC": "MONACO",
    "NL": "PAYS-BAS",
    "PT": "PORTUGAL",
    "US": "ETATS-UNIS",
}


def letter_values(content: NoticeContent, *, legal_representative: str) -> dict[str, Any]:
    """The values of the notice, plus the window, the demand and what is recalled.

    Raises RelanceError: address-…, nothing-to-ask, deadline-missing.
    """
    told = content.told
    values = notice_values(content) if told is None else told_values(content, told)
    formal = content.notice.is_formal_notice
    if formal and content.notice.deadline is None:
        raise RelanceError("deadline-missing", {"notice": content.notice.id})
    attention = legal_representative if formal else next(iter(values["attention"]), "")
    claim = values["claim"]
    return values | {
        "window": window_lines(content, attention),
        "geometry": GEOMETRY,
        "letter_number": content.notice.id[:10].upper(),
        "is_registered": content.notice.channel == "registered_letter" or formal,
        "shown_penalties": claim.items if claim else (),
        "past": _told(content.history),
        "is_specimen": content.rehearsal_to is not None,
        "grand_total": _grand_total(claim, values["asked"]),
    }


def window_lines(content: NoticeContent, attention: str) -> tuple[str, ...]:
    """The debtor's name, whom it is for when there is room, the address, the country abroad."""
    name, address = content.debtor.name, content.debtor.address
    if address is None:
        raise RelanceError("address-missing", {"notice": content.notice.id})
    problem = address.problem(name)
    if problem is not None:
        raise RelanceError(problem, {"notice": content.notice.id})
    with_attention = attention and address.problem(name, attention) is None
    block = address.block(name, attention) if with_attention else address.block(name)
    return block + _country(address)


def _country(address: PostalAddress) -> tuple[str, ...]:
    if address.country == "FR":
        return ()
    return (_COUNTRIES.get(address.country, address.country),)


def _told(history: tuple[PastStep, ...]) -> tuple[PastStep, ...]:
    told = (step for step in history if step.outcome not in _UNTOLD)
    return tuple(sorted(told, key=lambda step: step.on))


def _grand_total(claim: PenaltyClaim | None, asked: dict[str, Any]) -> dict[str, Any]:
    """Penalties and indemnity are in euros: other currencies stand beside, never added."""
    if claim is None:
        return asked
    extra = claim.total + claim.indemnity
    return asked | {"EUR": asked.get("EUR", 0) + extra}
