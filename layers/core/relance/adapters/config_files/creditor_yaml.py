"""`creditor.yaml`: who the creditor is, and where its customers pay."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stdnum import bic, iban
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren

from relance.adapters.config_files.policy_figures import REGIONS, figure_mistakes, quiet_mistakes
from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.config_files.validation import validate
from relance.adapters.config_files.yaml_document import Document, Path, read_document
from relance.adapters.simple_syntax import is_domain, is_email
from relance.application.ports import CreditorFile
from relance.domain.balance_settings import LEAST_KEPT_DAYS
from relance.domain.creditor import CreditorProfile, PaymentDetails
from relance.domain.team import plain_name

LANGUAGES = ("fr", "en")
MOST_CALLS = 200
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_PROFILE_FIELDS = {one.name for one in fields(CreditorProfile)}


@dataclass(frozen=True, slots=True)
class _Check:
    """One rule that types do not tell: the field, whether it holds, what to write instead."""

    path: Path
    holds: bool
    expected: str


def read_creditor(
    content: bytes,
    *,
    name: str,
    policies: frozenset[str] | None = None,
    is_region: Callable[[str], bool] | None = None,
) -> CreditorFile:
    """policies, is_region: the names that exist, when they are known. Raises ConfigRefused."""
    document = read_document(content, name)
    payment = None
    if document.values.get("payment") is not None:
        payment = _tidy(validate(PaymentDetails, document, at=("payment",)))
    profile = validate(CreditorProfile, _without_payment(document))
    checks = [*_profile_checks(profile, policies), *_payment_checks(payment)]
    checks.append(_Check(("holidays",), not is_region or is_region(profile.holidays), REGIONS))
    problems = tuple(
        Problem("config-wrong-value", document.line(check.path), check.path, check.expected)
        for check in checks
        if not check.holds
    )
    if problems:
        raise ConfigRefused.of(name, problems)
    return CreditorFile(profile, payment)


def _without_payment(document: Document) -> Document:
    values = {key: value for key, value in document.values.items() if key != "payment"}
    return replace(document, values=values)


def _tidy(payment: PaymentDetails) -> PaymentDetails:
    """One writing of each: spaces in an IBAN are no change of bank details."""
    return replace(
        payment,
        payee=payment.payee.strip(),
        iban=iban.compact(payment.iban),
        bic=bic.compact(payment.bic) if payment.bic else None,
        sender_domain=payment.sender_domain.strip().lower(),
        reply_domain=payment.reply_domain.strip().lower(),
    )


def _profile_checks(profile: CreditorProfile, policies: frozenset[str] | None) -> Iterator[_Check]:
    identity = profile.identity
    yield _Check(("code",), bool(_CODE.fullmatch(profile.code)), "a-z, 0-9 and -, 40 at most")
    yield _Check(("finance_email",), is_email(profile.finance_email), "an e-mail address")
    yield _Check(("language",), profile.language in LANGUAGES, "one of: " + ", ".join(LANGUAGES))
    currency = bool(_CURRENCY.fullmatch(profile.currency))
    yield _Check(("currency",), currency, "three capital letters, e.g. EUR")
    yield _Check(("zone",), _is_zone(profile.zone), "a time zone, e.g. Europe/Paris")
    window = profile.send_from < profile.send_until
    yield _Check(("send_until",), window, "a time after send_from")
    siren_holds = identity.siren is None or siren.is_valid(identity.siren)
    yield _Check(("identity", "siren"), siren_holds, "nine digits, with their check digit")
    lines = bool(identity.address.lines)
    yield _Check(("identity", "address", "lines"), lines, "at least one line")
    yield _Check(("collectors",), bool(profile.collectors), "at least one collector")
    for index, collector in enumerate(profile.collectors):
        email = is_email(collector.email)
        yield _Check(("collectors", index, "email"), email, "an e-mail address")
        calls = 0 <= collector.max_calls_per_day <= MOST_CALLS
        path = ("collectors", index, "max_calls_per_day")
        yield _Check(path, calls, f"a number of calls, 0 to {MOST_CALLS}")
    yield from _team_checks(profile)
    known = policies is None or profile.policy in policies
    yield _Check(("policy",), known, "one of: " + ", ".join(sorted(policies or ())))
    yield from _quiet_checks(profile)
    yield from _limit_checks(profile)
    yield from _balance_checks(profile)


def _team_checks(profile: CreditorProfile) -> Iterator[_Check]:
    keys = [one.key for one in profile.collectors]
    for index, collector in enumerate(profile.collectors):
        at = ("collectors", index)
        others = [key for key in keys if key != collector.key]
        stands_in = collector.backup is None or collector.backup in others
        expected = "the key of another collector: " + (", ".join(others) or "there is none")
        yield _Check((*at, "backup"), stands_in, expected)
        for number, absence in enumerate(collector.absences):
            in_order = absence.first <= absence.last
            path = (*at, "absences", number, "last")
            yield _Check(path, in_order, "a day on or after first")
    for name in ("salespeople", "approvers"):
        people = getattr(profile, name)
        known = [plain_name(one.key) for one in people]
        for index, one in enumerate(people):
            yield _Check((name, index, "email"), is_email(one.email), "an e-mail address")
            alone = bool(known[index]) and known.count(known[index]) == 1
            yield _Check((name, index, "key"), alone, "a key of its own for each person")
    positive = profile.approval_above >= 0
    yield _Check(("approval_above",), positive, "an amount, 0 or more")


def _balance_checks(profile: CreditorProfile) -> Iterator[_Check]:
    kept = profile.balance.keep_settled_days >= LEAST_KEPT_DAYS
    expected = f"{LEAST_KEPT_DAYS} days or more"
    yield _Check(("balance", "keep_settled_days"), kept, expected)
    names = [part.name.strip() for part in profile.balance.parts]
    for index, part in enumerate(profile.balance.parts):
        once = bool(names[index]) and names.count(names[index]) == 1
        yield _Check(("balance", "parts", index, "name"), once, "a name of its own for each part")
        given = bool(part.pattern.strip())
        yield _Check(("balance", "parts", index, "pattern"), given, "what the part is told by")


def _quiet_checks(profile: CreditorProfile) -> Iterator[_Check]:
    for path, expected in quiet_mistakes(profile.quiet_periods):
        yield _Check(("quiet_periods", *path), False, expected)


def _limit_checks(profile: CreditorProfile) -> Iterator[_Check]:
    yield _Check(("days",), bool(profile.days), "at least one day, e.g. [mon, tue, wed, thu, fri]")
    for name, expected in figure_mistakes(profile):
        yield _Check((name,), False, expected)


def _payment_checks(payment: PaymentDetails | None) -> Iterator[_Check]:
    if payment is None:
        return
    yield _Check(("payment", "iban"), _is_iban(payment.iban), "an IBAN: its check digits are wrong")
    bic_holds = payment.bic is None or bic.is_valid(payment.bic)
    yield _Check(("payment", "bic"), bic_holds, "a BIC of 8 or 11 characters")
    yield _Check(("payment", "payee"), bool(payment.payee), "the name on the account")
    for name in ("sender_domain", "reply_domain"):
        holds = is_domain(getattr(payment, name))
        yield _Check(("payment", name), holds, "a domain, e.g. mail.example.com")


def _is_iban(text: str) -> bool:
    """The check digits and the length of the country; unknown countries by their check digits."""
    try:
        iban.validate(text, check_country=True)
    except NumberError:
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
