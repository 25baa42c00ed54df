"""What a workbook would run when a person opens it: macros, and programs called by a link.

Nothing here runs anything; such a file is refused because it is no mere table, and will be opened
by whoever looks into it.
"""

import re

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.xml_pass import Attributes

_PARTS = re.compile(r"vbaproject|macrosheets/|^(?:basic|scripts)/", re.IGNORECASE)
_PACKAGE = re.compile(r"(?:^|/)(?:\[content_types\]\.xml|[^/]*\.rels)$", re.IGNORECASE)
# A part is what its relation and its type say, whatever it is called.
_RELATIONS = re.compile(r"/(?:vbaProject|xl(?:Intl)?Macrosheet)$", re.IGNORECASE)
_TYPES = re.compile(r"vbaProject|macrosheet", re.IGNORECASE)
_SCRIPTS = frozenset({"event-listener", "script"})
_DDE = frozenset({"dde-source", "dde-link"})
_SCRIPT_LINK = re.compile(r"\s*(?:vnd\.sun\.star\.script|macro):", re.IGNORECASE)
_STORAGES = frozenset({"_vba_project_cur", "_vba_project", "vba", "macros"})


def check_part_name(name: str) -> None:
    if _PARTS.search(name):
        raise BalanceRefused("workbook-has-macros")


def lists_parts(name: str) -> bool:
    """Whether a part of an Office package says what its other parts are."""
    return _PACKAGE.search(name) is not None


def check_package_tag(name: str, about: Attributes) -> None:
    """A relation to a macro, or a part declared to be one; a default for an extension is what
    programs leave behind when they take the macros out.
    """
    is_macro = _RELATIONS.search(about.get("Type", "").strip()) or (
        not name.endswith("Default") and _TYPES.search(about.get("ContentType", ""))
    )
    if is_macro:
        raise BalanceRefused("workbook-has-macros")


def check_ods_tag(name: str, about: Attributes) -> None:
    local = name.rpartition(":")[2]
    if local in _DDE:
        raise BalanceRefused("workbook-runs-programs")
    links = (value for key, value in about.items() if key.rpartition(":")[2] == "href")
    if local in _SCRIPTS or any(map(_SCRIPT_LINK.match, links)):
        raise BalanceRefused("workbook-has-macros")


def check_storage(name: str) -> None:
    """name: of a storage or a stream of a compound file."""
    if name.lower() in _STORAGES:
        raise BalanceRefused("workbook-has-macros")
