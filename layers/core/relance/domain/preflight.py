"""What a person must look at before anything is switched on for a creditor: pure.

A check that *blocks* is one after which messages could be wrong for everybody, or go to the wrong
people; the others are lists to go through. Only debtors who owe something count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from heapq import nlargest

from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor
from relance.domain.escalation.caps import Caps, caps_of
from relance.domain.escalation.gates import FRESH_EMAIL
from relance.domain.open_item import OpenItem
from relance.domain.policy import Policy
from relance.domain.preflight_rules import RULES, Claims, Rule, Severity, mailboxes
from relance.domain.working_days import WorkingCalendar

_ZERO = Decimal()
MAILBOX_DEBTORS = 5
"""Unrelated debtors that one mailbox may serve: above, it is no mailbox of theirs."""
LARGEST = 10


@dataclass(frozen=True, slots=True)
class Check:
    """count None: unknown, the data does not say. found: debtor codes, or mailboxes with theirs;
    amounts: what is owed there, per currency; detail: a date, a mode.
    """

    code: str
    severity: Severity
    count: int | None
    found: tuple[str, ...] = ()
    amounts: dict[str, Decimal] = field(default_factory=dict)
    detail: str | None = None

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK and bool(self.count)


@dataclass(frozen=True, slots=True)
class LargeItem:
    debtor: str
    name: str
    item: OpenItem


@dataclass(frozen=True, slots=True)
class Preflight:
    """debtors: those who owe something; largest: per currency, to check by hand."""

    debtors: int
    open: dict[str, Decimal]
    checks: tuple[Check, ...]
    largest: tuple[LargeItem, ...]

    @property
    def is_blocked(self) -> bool:
        return any(check.blocks for check in self.checks)


def preflight(
    creditor: Creditor,
    cases: Iterable[Case],
    calendar: WorkingCalendar,
    today: date,
    *,
    policy: Policy,
) -> Preflight:
    """policy: the creditor's, whose caps win over those of its profile. Each case is looked at once
    and let go: only codes, sums and the largest items are kept.
    """
    seen = _Seen(today)
    for case in cases:
        seen.take(case)
    lists = [_check(rule, seen.found_by(rule)) for rule in RULES]
    return Preflight(
        debtors=seen.debtors,
        open=dict(sorted(seen.open.items())),
        checks=(
            *creditor_checks(creditor, calendar, today),
            *_caps(caps_of(creditor.profile, policy)),
            *lists,
            *seen.shared_mailboxes(),
        ),
        largest=tuple(large for _, ten in sorted(seen.largest.items()) for large in ten),
    )


def creditor_checks(
    creditor: Creditor, calendar: WorkingCalendar, today: date
) -> tuple[Check, ...]:
    """What stands in the way of the whole creditor."""
    dated = creditor.balance.fresh_as_of
    stops = (
        ("no-balance", dated is None),
        ("balance-stale", dated is not None and calendar.count(dated, today) > FRESH_EMAIL),
        ("balance-suspicious", creditor.balance.suspicious),
        ("import-waiting", creditor.is_importing),
        ("payment-details-missing", creditor.payment is None),
        ("payment-details-waiting", creditor.pending is not None),
        ("creditor-paused", creditor.pause is not None),
    )
    return (
        Check("mode", Severity.INFO, None, detail=str(creditor.mode)),
        Check("balance-date", Severity.INFO, None, detail=str(dated) if dated else None),
        *(Check(code, Severity.BLOCK, int(is_so)) for code, is_so in stops),
    )


def _caps(caps: Caps) -> tuple[Check, ...]:
    """What may leave at the most, to be seen before anything does (design §5 rule 7)."""
    said = (
        ("messages-per-day", caps.messages),
        ("letters-per-day", caps.letters),
        ("letters-per-month", caps.budget),
    )
    return tuple(
        Check(code, Severity.INFO, None, detail=None if most is None else str(most))
        for code, most in said
    )


@dataclass(slots=True)
class _List:
    """What one rule gathers. is_known: the data of some debtor could say it; by_payer: of those
    whose payer may have what they lack.
    """

    count: int = 0
    debtors: list[str] = field(default_factory=list)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    is_known: bool = False
    by_payer: list[tuple[Debtor, Claims]] = field(default_factory=list)

    def take(self, rule: Rule, debtor: Debtor, claims: Claims | None) -> None:
        self.is_known |= claims is not None
        if claims and rule.payer_has is not None and debtor.payer is not None:
            self.by_payer.append((debtor, claims))
        elif claims:
            self.add(rule, debtor, claims)

    def add(self, rule: Rule, debtor: Debtor, claims: Claims) -> None:
        self.count += 1 if rule.of_debtors else len(claims)
        self.debtors.append(debtor.code)
        _add(self.amounts, claims)


def _check(rule: Rule, found: _List) -> Check:
    count = found.count if found.is_known else None
    return Check(rule.code, rule.severity, count, tuple(found.debtors), found.amounts)


class _Seen:
    """What is kept of the cases, taken one at a time. mailboxes: to the group of each debtor;
    payers: those that pay for others, whether they owe something or not.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._mailboxes: dict[str, dict[str, str]] = {}
        self._payers: dict[str, Debtor] = {}
        self._lists = {rule.code: _List() for rule in RULES}
        self.debtors = 0
        self.open: dict[str, Decimal] = {}
        self.largest: dict[str, list[LargeItem]] = {}

    def take(self, case: Case) -> None:
        if case.pays_for:
            self._payers[case.debtor.code] = case.debtor
        claims = [item for item in case.open_items if item.is_claim]
        if claims:
            self._take_claims(case, claims)

    def found_by(self, rule: Rule) -> _List:
        """Once every case was taken: only then are all payers known."""
        found = self._lists[rule.code]
        for debtor, claims in found.by_payer:
            payer = self._payers.get(debtor.payer or "")
            if payer is None or rule.payer_has is None or not rule.payer_has(payer):
                found.add(rule, debtor, claims)
        return found

    def _take_claims(self, case: Case, claims: Claims) -> None:
        debtor = case.debtor
        self.debtors += 1
        _add(self.open, claims)
        for rule in RULES:
            self._lists[rule.code].take(rule, debtor, rule.select(case, claims, self._today))
        for address in mailboxes(debtor):
            self._mailboxes.setdefault(address, {})[debtor.code] = _group(case)
        for currency in {item.currency for item in claims}:
            mine = [
                LargeItem(debtor.code, debtor.name, i) for i in claims if i.currency == currency
            ]
            known = self.largest.get(currency, [])
            self.largest[currency] = nlargest(LARGEST, [*known, *mine], key=_open_amount)

    def shared_mailboxes(self) -> tuple[Check, Check]:
        """Debtors of one payer or one legal entity may share; a few others may too (a group, an
        accountant): somebody looks. Above, letters about one would be read by the others.
        """
        groups = {address: len(set(of.values())) for address, of in self._mailboxes.items()}
        few = [a for a, count in groups.items() if 1 < count <= MAILBOX_DEBTORS]
        many = [a for a, count in groups.items() if count > MAILBOX_DEBTORS]
        return (
            Check("mailboxes-shared", Severity.LOOK, len(few), self._with_debtors(few)),
            Check("mailboxes-of-many", Severity.BLOCK, len(many), self._with_debtors(many)),
        )

    def _with_debtors(self, addresses: list[str]) -> tuple[str, ...]:
        return tuple(f"{a}: {', '.join(sorted(self._mailboxes[a]))}" for a in sorted(addresses))


def _group(case: Case) -> str:
    """Debtors with one payer, or one SIREN, belong together."""
    debtor = case.debtor
    if debtor.payer is None and debtor.siren is not None and not case.pays_for:
        return f"siren {debtor.siren}"
    return f"debtor {debtor.payer or debtor.code}"


def _open_amount(large: LargeItem) -> Decimal:
    return large.item.open_amount


def _add(sums: dict[str, Decimal], items: Iterable[OpenItem]) -> None:
    for item in items:
        sums[item.currency] = sums.get(item.currency, _ZERO) + item.open_amount
