"""What an approver checks before a message leaves (design §5 rule 8): what the case answers by
itself, and what only a person can confirm. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relance.domain.case import Case
from relance.domain.claim_file import Piece, has_document
from relance.domain.evidence import EvidenceEntry
from relance.domain.holds import Dispute, UnreadReply
from relance.domain.open_item import ItemKey, OpenItem


class CheckCode(StrEnum):
    INSOLVENCY = "insolvency"
    REGISTERED_OFFICE = "registered-office"
    ORDER = "order-proof"
    DELIVERY = "delivery-proof"
    REPLY = "open-reply"
    DISPUTE = "open-dispute"
    CREDIT = "unmatched-credit"
    INSURER = "insurer"
    FACTOR = "factor"


ALL_CHECKS = frozenset(CheckCode)
OF_A_REMINDER = (CheckCode.REPLY, CheckCode.DISPUTE, CheckCode.CREDIT)


@dataclass(frozen=True, slots=True)
class Check:
    """is_known: the case answers it, and nothing speaks against. items: those it is about; seen:
    what the approver should look at, for their eyes only.
    """

    code: CheckCode
    is_known: bool
    items: tuple[ItemKey, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """One case of the notice, what it demands there, and its evidence."""

    case: Case
    keys: tuple[ItemKey, ...]
    history: Sequence[EvidenceEntry]

    @property
    def asked(self) -> list[OpenItem]:
        return [self.case.items[key] for key in self.keys if key in self.case.items]


def checks_of(examined: Sequence[Examined], *, is_formal: bool) -> tuple[Check, ...]:
    """One per code, over all the cases of the notice."""
    codes = tuple(CheckCode) if is_formal else OF_A_REMINDER
    return tuple(_over(code, [_check(code, one) for one in examined]) for code in codes)


def _over(code: CheckCode, found: Sequence[Check]) -> Check:
    return Check(
        code,
        all(one.is_known for one in found),
        tuple(key for one in found for key in one.items),
        "; ".join(dict.fromkeys(one.seen for one in found if one.seen)),
    )


def _check(code: CheckCode, one: Examined) -> Check:
    case = one.case
    if code is CheckCode.INSOLVENCY:
        return Check(code, is_known=False, seen=case.debtor.siren or "SIREN ?")
    if code is CheckCode.REGISTERED_OFFICE:
        address = case.debtor.address
        return Check(code, is_known=False, seen=", ".join(address.lines) if address else "?")
    if code is CheckCode.REPLY:
        replies = [hold.key for hold in case.holds if isinstance(hold, UnreadReply)]
        return Check(code, not replies, seen=" ".join(replies))
    if code in {CheckCode.INSURER, CheckCode.FACTOR}:
        return _third_party(code, one)
    lacking = tuple(dict.fromkeys(_lacking(code, one)))
    return Check(code, not lacking, lacking)


def _third_party(code: CheckCode, one: Examined) -> Check:
    """Known when the accounts say that there is none; named, or not said, somebody looks."""
    said = [item.insurer if code is CheckCode.INSURER else item.factor for item in one.asked]
    names = dict.fromkeys(name for name in said if name)
    return Check(code, all(name == "" for name in said), seen=", ".join(names))


def _lacking(code: CheckCode, one: Examined) -> Iterator[ItemKey]:
    case = one.case
    if code is CheckCode.DISPUTE:
        for hold in case.holds:
            if isinstance(hold, Dispute) and hold.resolved_on is None:
                yield from hold.amounts
        yield from (item.key for item in case.open_items if item.is_claim and item.flag)
    elif code is CheckCode.CREDIT:
        yield from (item.key for item in case.open_items if item.is_credit)
    else:
        piece = Piece.ORDER if code is CheckCode.ORDER else Piece.DELIVERY
        yield from (key for key in one.keys if not has_document(one.history, piece, key))


def unconfirmed(checks: Iterable[Check], confirmed: Iterable[str]) -> tuple[CheckCode, ...]:
    """What neither the case nor the approver answers."""
    said = set(confirmed)
    return tuple(one.code for one in checks if not one.is_known and one.code not in said)
