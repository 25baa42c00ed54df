"""What a dropped object is: its content decides, not its name (design §6)."""

import re

from relance.adapters.balance_files import BalanceHints, BalanceRefused, read_balance, read_table
from relance.adapters.balance_files.xlsx_reader import is_workbook
from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.adapters.contacts_files import looks_like_contacts, read_contacts
from relance.application.ports import Drop
from relance.domain.creditor import CreditorProfile
from relance.domain.errors import RelanceError

_PEEKED_BYTES = 100_000
"""A header stands at the top: a text of any size is recognised by its first rows."""
_CREDITOR = re.compile(rb"^(?:\xef\xbb\xbf)?(?:code|identity)[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_POLICY = re.compile(rb"^(?:\xef\xbb\xbf)?steps[ \t]*:[ \t]*\r?$", re.MULTILINE)


class DropRefused(RelanceError):
    """A file that is known, and not taken through this bucket."""


class ContentDropReader:
    """policies: the names that a creditor may choose among, when they are known."""

    def __init__(self, policies: frozenset[str] | None = None):
        self._policies = policies

    def read(self, content: bytes, *, name: str, profile: CreditorProfile | None) -> Drop:
        """Raises RelanceError when it refuses or must ask."""
        head = content[:_PEEKED_BYTES]
        if not is_workbook(content):
            if _CREDITOR.search(head):
                return read_creditor(content, name=name, policies=self._policies)
            if _POLICY.search(head):
                raise DropRefused("policy-drops-not-taken", {"file": name})
        if _is_contacts(content):
            return read_contacts(content)
        return read_balance(content, name=name, hints=_hints(profile))


def _is_contacts(content: bytes) -> bool:
    """What cannot be read as a table is for `read_balance` to refuse, with its own words."""
    try:
        return looks_like_contacts(read_table(content if is_workbook(content) else _top(content)))
    except BalanceRefused:
        return False


def _top(content: bytes) -> bytes:
    """The first whole rows of a text; UTF-16 is cut after both bytes of a line end."""
    if len(content) <= _PEEKED_BYTES:
        return content
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    end = b"\n\x00" if content.startswith(b"\xff\xfe") else b"\x00\n" if wide else b"\n"
    head = content[:_PEEKED_BYTES]
    cut = head.rfind(end)
    return head if cut < 0 else head[: cut + len(end)]


def _hints(profile: CreditorProfile | None) -> BalanceHints:
    if profile is None:
        return BalanceHints()
    return BalanceHints(default_currency=profile.currency, terms_days=profile.payment_terms_days)
