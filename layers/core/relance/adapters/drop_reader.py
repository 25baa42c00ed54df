"""What a dropped object is: its content decides, not its name (design §6)."""

import re

from relance.adapters.balance_files import BalanceHints, BalanceRefused, read_balance, read_table
from relance.adapters.balance_files.hints import hints_of
from relance.adapters.balance_files.table import Table
from relance.adapters.balance_files.xlsx_reader import is_workbook
from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.adapters.config_files.policy_yaml import UNKNOWN, Surroundings, read_policy
from relance.adapters.contacts_files import contacts_of, looks_like_contacts
from relance.adapters.documents import is_document, read_document
from relance.adapters.payments_files import looks_like_payments, payments_of
from relance.adapters.worklist_files.reading import looks_like_worklist, worklist_of
from relance.application.drop_contents import PolicyFile
from relance.application.ports import Drop
from relance.domain.creditor import CreditorProfile

_PEEKED_BYTES = 100_000
"""A header stands at the top: a text of any size is recognised by its first rows."""
_CREDITOR = re.compile(rb"^(?:\xef\xbb\xbf)?(?:code|identity)[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_POLICY = re.compile(rb"^(?:\xef\xbb\xbf)?steps[ \t]*:[ \t]*\r?$", re.MULTILINE)
_PAYMENTS = frozenset({"payments", "payment", "paiements", "reglements", "encaissements"})
_BALANCES = frozenset({"balances", "balance", "balances-agees"})
"""Folders that answer the question a file's content leaves open."""


class ContentDropReader:
    """policies: the names that a creditor may choose among, when they are known; surroundings:
    what its own policy may name.
    """

    def __init__(
        self,
        policies: frozenset[str] | None = None,
        surroundings: Surroundings = UNKNOWN,
    ):
        self._policies = policies
        self._surroundings = surroundings

    def read(self, content: bytes, *, name: str, profile: CreditorProfile | None) -> Drop:
        """name: the path within the creditor. Raises RelanceError when it refuses or must ask."""
        if is_document(content):
            return read_document(content, name=name)
        head = content[:_PEEKED_BYTES]
        if not is_workbook(content):
            if _CREDITOR.search(head):
                return read_creditor(
                    content,
                    name=name,
                    policies=self._policies,
                    is_region=self._surroundings.is_region,
                )
            if _POLICY.search(head):
                return PolicyFile(read_policy(content, name=name, surroundings=self._surroundings))
        return _read_table(content, name, profile)


def _read_table(content: bytes, name: str, profile: CreditorProfile | None) -> Drop:
    """What cannot be read as a table is for `read_balance` to refuse, with its own words."""
    try:
        top = read_table(content if is_workbook(content) else _top(content))
    except BalanceRefused:
        top = None
    if top is not None and looks_like_worklist(top):
        return worklist_of(_whole(content, top))
    if top is not None and looks_like_contacts(top):
        return contacts_of(_whole(content, top))
    told = _folder(name, _PAYMENTS)
    if top is not None and not _folder(name, _BALANCES) and looks_like_payments(top, told=told):
        return payments_of(_whole(content, top), told=told)
    return read_balance(content, name=name, hints=_hints(profile))


def _whole(content: bytes, top: Table) -> Table:
    return top if is_workbook(content) or len(content) <= _PEEKED_BYTES else read_table(content)


def _folder(name: str, names: frozenset[str]) -> bool:
    return any(segment.casefold() in names for segment in name.split("/")[:-1])


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
    return hints_of(profile.balance, profile.currency, profile.payment_terms_days)
