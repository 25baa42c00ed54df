"""`creditor.yaml`: what is understood, and what an error says."""

from datetime import date, time
from decimal import Decimal

import pytest

from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.adapters.config_files.problems import ConfigRefused
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.domain.creditor import Absence, Colleague, Collector, PaymentDetails
from relance.domain.sending_days import QuietPeriod

GOOD = """\
code: acme
identity:
  name: Acme Outillage SAS
  siren: 732829320
  capital: 40 000 €
  phone: 0123456789
  address:
    lines: [4 rue des Forges, 69003 LYON]
finance_email: finance@acme.example
language: fr
plan_at: 08:00
send_from: 10:00
send_until: 17:30
quiet_periods:
  - {first: [8, 1], last: [8, 22]}
collectors:
  - key: claire
    name: Claire Martin
    email: claire@acme.example
    phone: null
payment:
  payee: Acme Outillage SAS
  iban: FR76 3000 6000 0112 3456 7890 189
  bic: agrifrpp
  sender_domain: Acme.example
  reply_domain: reply.acme.example
"""


def read(text: str, policies: frozenset[str] | None = None) -> ConfigRefused:
    with pytest.raises(ConfigRefused) as caught:
        read_creditor(text.encode(), name="creditor.yaml", policies=policies)
    return caught.value


def test_understood() -> None:
    found = read_creditor(GOOD.encode(), name="creditor.yaml", policies=frozenset({"standard"}))
    profile = found.profile
    assert (profile.code, profile.identity.siren, profile.identity.phone) == (
        "acme",
        "732829320",
        "0123456789",
    )
    assert profile.identity.address.lines == ("4 rue des Forges", "69003 LYON")
    assert (profile.plan_at, profile.send_from, profile.send_until) == (
        time(8),
        time(10),
        time(17, 30),
    )
    assert profile.collectors == (Collector("claire", "Claire Martin", "claire@acme.example"),)
    assert profile.quiet_periods == (QuietPeriod((8, 1), (8, 22)),)
    assert found.payment == PaymentDetails(
        "Acme Outillage SAS",
        "FR7630006000011234567890189",
        "AGRIFRPP",
        "acme.example",
        "reply.acme.example",
    )


def test_without_payment_details() -> None:
    assert read_creditor(GOOD.split("payment:")[0].encode(), name="c.yaml").payment is None


WRONG, MISSING = "config-wrong-value", "config-missing-key"
UNKNOWN = "config-unknown-key"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "field", "expected"),
    [
        ("finance_email:", "finance_mail:", MISSING, 1, "finance_email", "finance_email"),
        ("language: fr", "langage: fr", UNKNOWN, 10, "langage", "language"),
        ("  siren: 732829320", "  siret: x", UNKNOWN, 4, "identity.siret", "siren"),
        ("key: claire", "clef: claire", MISSING, 17, "collectors[0].key", "key"),
        ("language: fr", "language: de", WRONG, 10, "language", "one of: fr, en"),
        ("08:00", "8h", WRONG, 11, "plan_at", "08:00"),
        ("732829320", "732829321", WRONG, 4, "identity.siren", "check digit"),
        ("7890 189", "7890 188", WRONG, 23, "payment.iban", "IBAN"),
        ("agrifrpp", "AGRI", WRONG, 24, "payment.bic", "BIC"),
        ("Acme.example", "acme", WRONG, 25, "payment.sender_domain", "domain"),
        (
            "email: claire@acme.example",
            "email: Claire <claire@acme.example>",
            WRONG,
            19,
            "collectors[0].email",
            "e-mail",
        ),
        ("code: acme", "code: Acme SAS", WRONG, 1, "code", "a-z"),
        ("17:30", "09:00", WRONG, 13, "send_until", "after send_from"),
        ("[8, 1]", "[13, 1]", WRONG, 15, "quiet_periods[0].first", "[8, 1]"),
        ("[8, 1]", "[8]", MISSING, 15, "quiet_periods[0].first[1]", "1"),
        ("language: fr", "policy: soft", WRONG, 10, "policy", "one of: standard"),
        ("language: fr", "zone: Paris", WRONG, 10, "zone", "Europe/Paris"),
        ("language: fr", "currency: euro", WRONG, 10, "currency", "EUR"),
        ("language: fr", "balance: {keep_settled_days: 89}", WRONG, 10,
         "balance.keep_settled_days", "90 days"),
        ("language: fr", "code: twice", "config-duplicate-key", 10, "code", "once"),
        ("language: fr", "language: [", "config-malformed", 10, "", "the bracket that closes"),
        ("name: Acme Outillage SAS", "name: &a x\n  capital: *a", "config-alias", 4, "", "again"),
        ("lines: [4 rue des Forges, 69003 LYON]", "lines: []", WRONG, 8,
         "identity.address.lines", "one line"),
    ],
)  # fmt: skip
def test_an_error_says_file_line_field_and_what_to_write(
    old: str, new: str, code: str, line: int, field: str, expected: str
) -> None:
    assert old in GOOD
    refused = read(GOOD.replace(old, new, 1), frozenset({"standard"}))
    found = next(p for p in refused.problems if p.code == code)
    assert (found.line, found.field) == (line, field)
    assert expected in found.expected
    assert refused.detail["file"] == "creditor.yaml"


TEAM = """\
salespeople:
  - {key: sonia, name: Sonia Bel, email: sonia@acme.example}
approvers:
  - {key: zoe, name: Zoé Roux, email: zoe@acme.example}
approval_above: 5000
"""
ABSENT = """\
    phone: null
    backup: hugo
    absences:
      - {first: 2026-12-21, last: 2026-12-31}
  - key: hugo
    name: Hugo Petit
    email: hugo@acme.example
"""


def test_the_team_is_understood() -> None:
    text = GOOD.replace("    phone: null\n", ABSENT) + TEAM
    profile = read_creditor(text.encode(), name="creditor.yaml").profile
    claire = profile.collectors[0]
    assert (claire.backup, claire.absences) == (
        "hugo",
        (Absence(date(2026, 12, 21), date(2026, 12, 31)),),
    )
    assert profile.salespeople == (Colleague("sonia", "Sonia Bel", "sonia@acme.example"),)
    assert profile.approvers[0].key == "zoe"
    assert profile.approval_above == Decimal(5000)


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        ("backup: hugo", "backup: claire", "collectors[0].backup", "another collector: hugo"),
        ("last: 2026-12-31", "last: 2026-12-20", "collectors[0].absences[0].last", "after first"),
        ("sonia@acme.example", "sonia", "salespeople[0].email", "e-mail"),
        ("key: zoe", "key: ''", "approvers[0].key", "of its own"),
        ("approval_above: 5000", "approval_above: -1", "approval_above", "0 or more"),
    ],
)
def test_a_mistake_in_the_team_is_named(old: str, new: str, field: str, expected: str) -> None:
    text = GOOD.replace("    phone: null\n", ABSENT) + TEAM
    assert old in text
    (problem,) = read(text.replace(old, new, 1)).problems
    assert problem.field == field
    assert expected in problem.expected


def test_all_problems_are_told_at_once_and_no_value_is() -> None:
    refused = read(GOOD.replace("7890 189", "7890 188").replace("language: fr", "language: de"))
    assert [p.field for p in refused.problems] == ["language", "payment.iban"]
    assert refused.code == "config-wrong-value"
    assert refused.detail["line"] == "10"
    assert len(refused.seen) == 1
    assert "7890" not in f"{refused} {refused.seen}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"code: \xe9t\xe9", "config-not-utf8"),
        (b"- a\n- b\n", "config-malformed"),
        (b"", "config-malformed"),
        (b"code: \x00", "config-malformed"),
        (b"code: !!python/object:os.system x\n", "config-missing-key"),
        (b"a: " + b"[" * 5000, "config-malformed"),
        (b"x" * 300_000, "config-too-large"),
    ],
)
def test_what_is_no_configuration_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ConfigRefused) as caught:
        read_creditor(content, name="creditor.yaml")
    assert code in {problem.code for problem in caught.value.problems}


def test_yaml_11_traps_are_texts() -> None:
    """10:00 is no 600, 0123 no octal number, NO no false."""
    found = read_creditor(
        GOOD.replace("69003 LYON]", "69003 LYON]\n    country: NO").encode(), name="c.yaml"
    )
    assert found.profile.identity.address.country == "NO"
    assert found.profile.send_from == time(10)
    assert Decimal(found.profile.identity.phone or "") == Decimal("0123456789")


@pytest.mark.parametrize(("region", "refused"), [("FR-57", False), ("FR-99", True)])
def test_an_unknown_region_of_holidays_is_refused(region: str, refused: bool) -> None:
    """It would close every desk of the creditor, one morning after the other."""
    known = HolidayCalendars().knows
    content = f"{GOOD}holidays: {region}\n".encode()
    if not refused:
        assert read_creditor(content, name="c.yaml", is_region=known).profile.holidays == region
        return
    with pytest.raises(ConfigRefused) as caught:
        read_creditor(content, name="c.yaml", is_region=known)
    assert [problem.field for problem in caught.value.problems] == ["holidays"]


def test_its_days_and_its_caps() -> None:
    text = f"{GOOD}days: [mon, thu]\nmax_messages_per_day: 30\nletters_budget_per_month: 120.50\n"
    profile = read_creditor(text.encode(), name="creditor.yaml").profile
    assert [day.value for day in profile.days] == ["mon", "thu"]
    assert profile.max_messages_per_day == 30
    assert profile.letters_budget_per_month == Decimal("120.50")


@pytest.mark.parametrize(
    ("line", "field"),
    [("days: []", "days"), ("max_messages_per_day: 0", "max_messages_per_day")],
)
def test_days_and_caps_out_of_bounds(line: str, field: str) -> None:
    assert [p.field for p in read(f"{GOOD}{line}\n").problems] == [field]


@pytest.mark.parametrize("calls", [-1, 201])
def test_a_number_of_calls_that_nobody_can_make_is_refused(calls: int) -> None:
    phone = "    phone: null\n"
    refused = read(GOOD.replace(phone, f"{phone}    max_calls_per_day: {calls}\n"))
    assert "max_calls_per_day" in str(refused.problems[0].path)
    found = read_creditor(
        GOOD.replace(phone, f"{phone}    max_calls_per_day: 8\n").encode(), name="creditor.yaml"
    )
    assert found.profile.collectors[0].max_calls_per_day == 8
