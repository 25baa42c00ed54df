"""Mandatory mentions: dated, with the text that asks for them."""

from datetime import date, timedelta

from relance.domain.invoice_check import E_INVOICING, MENTIONS, check_invoice, source_of

ALL = {mention.code for mention in MENTIONS}
TODAY = date(2026, 11, 24)


def test_nothing_misses_from_a_whole_invoice() -> None:
    check = check_invoice(ALL, TODAY)
    assert (check.missing, check.advised, check.coming) == ((), (), ())


def test_what_misses_is_named_in_the_order_of_the_texts() -> None:
    check = check_invoice(ALL - {"due-date", "number"}, TODAY)
    assert check.missing == ("number", "due-date")


def test_an_order_number_is_owed_only_when_the_buyer_gave_one() -> None:
    check = check_invoice(ALL - {"order-number"}, TODAY)
    assert (check.missing, check.advised) == ((), ("order-number",))


def test_the_mentions_of_2022_bind_from_their_day_on() -> None:
    without = ALL - {"buyer-siren"}
    before = check_invoice(without, E_INVOICING - timedelta(days=1))
    assert (before.missing, before.coming) == ((), ("buyer-siren",))
    assert check_invoice(without, E_INVOICING).missing == ("buyer-siren",)
    assert check_invoice(without, None).coming == ("buyer-siren",)


def test_each_mention_has_a_source() -> None:
    assert all(source_of(code) for code in ALL)
