"""A proposal of a payer profile from how a debtor has paid, with its reasons (design §5 rule 9).

It only proposes: `Debtor.profile` changes when a person confirms it. The seeds describe the seven
profiles; the thresholds are ours, and data (`ProfileThresholds`).
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.payment_history import AUTOMATIC, PaymentHistory, Tally
from relance.domain.public_body import is_public
from relance.domain.statistics import PaidFigures, paid_figures

_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class ProfileThresholds:
    """From which figure on a profile is proposed: days, percent of the items, or a count."""

    least_items: int = 5
    automatic_share: Decimal = Decimal(80)
    disputed_share: Decimal = Decimal(30)
    part_paid_share: Decimal = Decimal(30)
    short_of_cash_days: Decimal = Decimal(15)
    bad_payer_days: Decimal = Decimal(30)
    bad_payer_reminders: Decimal = Decimal(2)
    negligent_reminders: Decimal = Decimal("0.5")
    good_late_share: Decimal = Decimal(10)
    good_days: Decimal = Decimal(3)


SHIPPED_THRESHOLDS = ProfileThresholds()


@dataclass(frozen=True, slots=True)
class ProfileReason:
    """code: of a sentence; values: the figures that it names, as text."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProfileProposal:
    """profile None: nothing is proposed, and the reason says why."""

    profile: PayerProfile | None
    reasons: tuple[ProfileReason, ...]


def propose_profile(
    case: Case, history: PaymentHistory, thresholds: ProfileThresholds = SHIPPED_THRESHOLDS
) -> ProfileProposal:
    """The first that fits, from what the debtor is to how it pays. In its main currency: the one in
    which most items were settled.
    """
    if is_public(case.debtor):
        return ProfileProposal(PayerProfile.ADMINISTRATIVE, (ProfileReason("public-body"),))
    automatic = _automatic(case, history, thresholds)
    if automatic is not None:
        return automatic
    totals = history.totals
    sums = max(totals.values(), key=lambda one: one.items, default=Tally())
    if sums.items < thresholds.least_items:
        values = {"items": str(sums.items), "least": str(thresholds.least_items)}
        return ProfileProposal(None, (ProfileReason("too-few-paid-items", values),))
    return _from_figures(paid_figures(sums), thresholds)


def with_proposal(debtor: Debtor, proposed: PayerProfile | None) -> Debtor:
    """What a person confirmed is not proposed again."""
    return replace(debtor, proposed_profile=None if proposed is debtor.profile else proposed)


def _automatic(
    case: Case, history: PaymentHistory, thresholds: ProfileThresholds
) -> ProfileProposal | None:
    """By direct debit or bill of exchange: known of an open item as soon as it is billed."""
    claims = [item for item in case.open_items if item.is_claim]
    settled = list(history.totals.values())
    count = sum(item.payment_method in AUTOMATIC for item in claims)
    count += sum(one.automatic for one in settled)
    total = len(claims) + sum(one.items for one in settled)
    if not total or Decimal(100 * count) / total < thresholds.automatic_share:
        return None
    values = {"count": str(count), "items": str(total)}
    return ProfileProposal(PayerProfile.AUTOMATIC, (ProfileReason("paid-by-our-order", values),))


def _from_figures(paid: PaidFigures, limits: ProfileThresholds) -> ProfileProposal:
    late = _known(paid.weighted_days_late)
    reminders = _known(paid.reminders_before_payment)
    share = _known(paid.late_share)
    days = ProfileReason("days-late", {"days": str(late), "items": str(paid.items)})
    often = ProfileReason("late-share", {"share": str(share)})
    asked = ProfileReason("reminders-needed", {"reminders": str(reminders)})
    disputed = ProfileReason("disputed-share", {"share": str(paid.disputed_share)})
    parts = ProfileReason("part-paid-share", {"share": str(paid.part_paid_share)})
    if _known(paid.disputed_share) >= limits.disputed_share:
        return ProfileProposal(PayerProfile.DISPUTE, (disputed, days))
    if _known(paid.part_paid_share) >= limits.part_paid_share and late >= limits.short_of_cash_days:
        return ProfileProposal(PayerProfile.SHORT_OF_CASH, (parts, days))
    if late >= limits.bad_payer_days and reminders >= limits.bad_payer_reminders:
        return ProfileProposal(PayerProfile.BAD_PAYER, (days, asked))
    if share <= limits.good_late_share and late <= limits.good_days and paid.late_share is not None:
        return ProfileProposal(PayerProfile.GOOD, (often, days))
    if late > limits.good_days and reminders >= limits.negligent_reminders:
        return ProfileProposal(PayerProfile.NEGLIGENT, (days, asked))
    return ProfileProposal(None, (ProfileReason("no-clear-profile"), days, asked))


def _known(value: Decimal | None) -> Decimal:
    return _ZERO if value is None else value
