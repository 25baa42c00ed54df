"""Strict and simple syntax checks: what we would write to must be beyond doubt."""

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def is_domain(text: str) -> bool:
    """A name of at least two labels, in ASCII."""
    return _DOMAIN.fullmatch(text.lower()) is not None


def is_email(text: str) -> bool:
    """One plain address: no display name, no quotes, no comment, no spaces."""
    local, _, domain = text.lower().rpartition("@")
    return len(local) <= 64 and _LOCAL.fullmatch(local) is not None and is_domain(domain)
