"""Strict and simple syntax checks: what we would write to must be beyond doubt."""

import re

from email_validator import EmailNotValidError, validate_email

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")


def is_domain(text: str) -> bool:
    """A name of at least two labels, in ASCII."""
    return _DOMAIN.fullmatch(text.lower()) is not None


def email_of(text: str) -> str | None:
    """The address as SES takes it: lower case, an accented domain in its ASCII form. None: no plain
    address (a display name, a quoted part, a reserved domain). Nothing is looked up.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
    return found.ascii_email.lower() if found.ascii_email else None


def is_email(text: str) -> bool:
    """One plain address that needs no change: no display name, no quotes, no spaces."""
    return email_of(text) == text.lower()
