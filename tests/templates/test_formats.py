"""Amounts and dates as French and English readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from relance.adapters.rendering import formats


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        ("1234.56", "EUR", "1\u202f234,56\u00a0€", "€1,234.56"),
        ("1234567.8", "EUR", "1\u202f234\u202f567,80\u00a0€", "€1,234,567.80"),
        ("0.005", "EUR", "0,01\u00a0€", "€0.01"),
        ("-150", "GBP", "\u2212150,00\u00a0£", "\u2212£150.00"),
        ("-0.001", "EUR", "0,00\u00a0€", "€0.00"),
        ("99.5", "USD", "99,50\u00a0USD", "USD\u00a099.50"),
        ("1500", "JPY", "1\u202f500\u00a0JPY", "JPY\u00a01,500"),
        ("1.2345", "TND", "1,235\u00a0TND", "TND\u00a01.235"),
        ("1E+3", "EUR", "1\u202f000,00\u00a0€", "€1,000.00"),
    ],
)
def test_money(amount: str, currency: str, french: str, english: str) -> None:
    assert formats.money(Decimal(amount), currency, language="fr") == french
    assert formats.money(Decimal(amount), currency, language="en") == english


def test_dates() -> None:
    day = date(2026, 8, 1)
    assert formats.short_date(day, language="fr") == "01/08/2026"
    assert formats.short_date(day, language="en") == "1\u00a0Aug\u00a02026"
    assert formats.long_date(day, language="fr") == "1er\u00a0août 2026"
    assert formats.long_date(day, language="en") == "1\u00a0August 2026"


def test_an_instant_is_shown_in_the_creditors_zone() -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert formats.instant(at, zone="Europe/Paris", language="fr") == "21/11/2026 à 00:30"


def test_small_things() -> None:
    assert formats.grouped_iban("FR7630006000011234567890189").startswith("FR76\u00a03000\u00a0")
    assert formats.percent(Decimal("12.4"), language="fr") == "12,40\u00a0%"
    assert formats.one_line("a\r\n\tb\u2028c\x00d") == "a b c d"
    assert formats.town("69005 LYON CEDEX 05") == "LYON"
    assert formats.town("Genève") == "Genève"
    assert (
        formats.money_sum({"USD": Decimal(1), "EUR": Decimal(2)}, language="en")
        == "€2.00 + USD\u00a01.00"
    )
