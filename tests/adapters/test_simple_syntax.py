"""Addresses and domains: strict and simple."""

import pytest

from relance.adapters.simple_syntax import email_of, is_domain, is_email


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a@b.fr", True),
        ("A.b+c_d@sub.example.com", True),
        ("a@b", False),
        ("a@@b.fr", False),
        ("a b@c.fr", False),
        (".a@b.fr", False),
        ("a..b@c.fr", False),
        ("a@-b.fr", False),
        ("a@b.fr\nbcc: x@y.fr", False),
        ("é@b.fr", False),
        ("a" * 65 + "@b.fr", False),
        ("", False),
    ],
)
def test_emails(text: str, valid: bool) -> None:
    assert is_email(text) is valid


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anne@Dupont.FR", "anne@dupont.fr"),
        ("info@société.fr", "info@xn--socit-esab.fr"),
        ("Anne <anne@dupont.fr>", None),
        ("anne@dupont.local", None),
        ("anne@[192.0.2.1]", None),
    ],
)
def test_an_address_as_it_is_written_to(text: str, found: str | None) -> None:
    assert email_of(text) == found


@pytest.mark.parametrize(("text", "valid"), [("a.fr", True), ("a", False), ("a..fr", False)])
def test_domains(text: str, valid: bool) -> None:
    assert is_domain(text) is valid
