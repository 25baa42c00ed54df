"""From a column's name to its meaning, whatever its case, accents, spaces and punctuation."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from relance.adapters.balance_files.currencies import currency_in_header
from relance.adapters.balance_files.synonyms import COLUMN_NAMES, Field
from relance.adapters.balance_files.table import Cell

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER_SIGN = re.compile(r"\bn\s*[°º]|#")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_OWED = re.compile(r"\bdû(?:e?s?)\b|\bdu$")
_ELIDED = re.compile(r"\b[dl]['’]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_IGNORED = frozenset({"de", "du", "des", "la", "le", "les", "en", "of", "the", "in", "au"})
_NUMBER_WORDS = frozenset({"no", "num", "numero", "number", "nr", "nbr", "n"})
_SHORT = {
    "dt": "date", "amt": "amount", "mt": "montant", "mnt": "montant", "mtt": "montant",
    "ech": "echeance", "fact": "facture", "regl": "reglement", "rglt": "reglement",
    "niv": "niveau", "cpte": "compte", "cpt": "compte", "cli": "client", "cde": "commande",
    "dev": "devise",
    "aux": "auxiliaire", "rep": "representant", "lib": "libelle", "deb": "debit", "cred": "credit",
    "doct": "document", "docs": "document", "inv": "invoice", "cust": "customer", "acct": "account",
    "curr": "currency", "cur": "currency", "curncy": "currency", "pmt": "payment",
    "pymt": "payment", "paymt": "payment", "outstd": "outstanding", "bal": "balance",
}  # fmt: skip
_CODE_WORDS = frozenset(
    {"code", "no", "compte", "ref", "reference", "identifiant", "id", "account"}
)
_PARTY_WORDS = frozenset({"client", "clients", "tiers", "auxiliaire", "debiteur", "customer",
                          "debtor", "partenaire", "partner"})  # fmt: skip
_OTHER_PARTIES = frozenset({"supplier", "fournisseur", "vendor"})
_CURRENCY_NAMES = frozenset({"devise", "currency", "monnaie"})
_DOCUMENT_WORDS = frozenset({"code", "invoice", "document", "facture", "piece", "transaction",
                             "iso", "doc"})  # fmt: skip
_LIMITS = frozenset({"due", "echeance", "limite", "exigibilite", "butoir", "maturity"})
_NAME_WORDS = frozenset({"nom", "name", "intitule", "libelle", "denomination", "raison", "sociale"})
_CURRENCY_WORDS = frozenset({"eur", "euro", "euros", "usd"})
UNLISTED = 1_000
RUINED = 2_000
_MISREAD = (("cp1252", "utf-8"), ("cp1252", "cp850"), ("latin-1", "cp850"), ("cp850", "cp1252"),
            ("mac_roman", "cp1252"), ("cp1252", "mac_roman"))  # fmt: skip
_FRENCH = frozenset("éèêëàâäîïôöùûüçœÉÈÊËÀÂÄÎÏÔÖÙÛÜÇŒ°º'’ \u00a0")
_COMPANY = frozenset({"local", "locale", "lcy", "societe", "company", "tenue", "base", "interne"})
_DOCUMENT = frozenset({"devise", "fcy", "foreign", "transaction"})
_CLOSE = 0.9
_LONG_ENOUGH = 7
_REMAINING = frozenset({"outstanding", "remaining", "residual", "restant", "residuel", "unpaid"})
_RECEIVED = frozenset({"paid", "regle", "paye", "recu", "received", "applied", "encaisse"})
_MONEY = frozenset({"montant", "amount"})
_NO_MONEY_WORDS = """date days jours nb mode type statut status ht hors tva tax taxe vat discount
    remise escompte penalite penalites penalty interest interets count pct code net disputed
    litige garanti garantis assure assuree assures insured assurance insurance cede cedee cedes
    ceder factor factored affacturage factoring"""
_NO_MONEY = frozenset(_NO_MONEY_WORDS.split())
_NO_DEBT_WORDS = """limite limit plafond taux rate cours marge margin qte quantite quantity qty
    prix price cost cout poids weight turnover ca chiffre lat latitude longitude score age retard
    late overdue subtotal sub sous encours credit credited autorise"""
_NO_DEBT = frozenset(_NO_DEBT_WORDS.split())
_SUFFIX = re.compile(r" (nom enregistrement|record name|rec name)$")
_YES_NO = re.compile(r" (?:[oy] no|oui non|yes no)$")
_ASKED = frozenset({Field.FLAG, Field.INSURER, Field.FACTOR})


@cache
def header_key(text: str) -> str:
    """ "Date d'échéance " and "date_echeance", "N° Facture" and "Num. de facture" are one name."""
    split = _ELIDED.sub("", _CAMEL.sub(" ", text.strip()).lower().replace("œ", "oe"))
    owed = _OWED.sub("due", _INITIALS.sub(r"\1", split.replace("_", " ")))
    plain = unicodedata.normalize("NFKD", _NUMBER_SIGN.sub(" no ", owed))
    ascii_only = plain.encode("ascii", "ignore").decode()
    words = [word for word in _NOT_WORD.sub(" ", ascii_only).split() if word not in _IGNORED]
    return " ".join("no" if word in _NUMBER_WORDS else _SHORT.get(word, word) for word in words)


def listed_key(text: str) -> str:
    """ "Assuré (O/N)" is listed as "assuré"."""
    return _YES_NO.sub("", header_key(text))


_KNOWN: dict[str, tuple[Field, int]] = {}
for _field, _listed in COLUMN_NAMES.items():
    for _rank, _name in enumerate(_listed.split(";")):
        _KNOWN.setdefault(header_key(_name), (_field, _rank))
# "Date cession" is nearer to a misspelt "date émission" than it is likely.
_MENDED = {key: known[0] for key, known in _KNOWN.items()
           if known[0] not in (Field.INSURER, Field.FACTOR)}  # fmt: skip


@cache
def column_meaning(text: str) -> tuple[Field, int] | None:
    """(field, rank among its names), or None for a column nothing is known of."""
    key = _SUFFIX.sub("", header_key(text))
    asked = _KNOWN.get(listed_key(text))
    if key in _KNOWN or (asked and asked[0] in _ASKED):
        return _KNOWN.get(key, asked)
    currency = currency_in_header(text)
    noise = _CURRENCY_WORDS | {currency.lower()} if currency else frozenset()
    bare = " ".join(word for word in key.split() if word not in noise)
    return _KNOWN.get(bare) or _by_words(bare)


def _party_by_words(words: set[str]) -> Field | None:
    """Names made of nothing but a customer and its code, or its name."""
    if not words & _PARTY_WORDS or len(words) < 2:
        return None
    if words <= _CODE_WORDS | _PARTY_WORDS | _OTHER_PARTIES:
        return Field.CODE
    named = words <= _NAME_WORDS | _PARTY_WORDS | _CODE_WORDS - {"code"}
    return Field.NAME if named else None


def _by_words(key: str) -> tuple[Field, int] | None:
    """Names nobody listed that say enough: "Reste à encaisser", "Montant en devise pièce"."""
    words = set(key.split())
    party = _party_by_words(words)
    if party:
        return party, UNLISTED
    if "date" in words and words & _LIMITS:
        return Field.DUE, UNLISTED
    if words & _CURRENCY_NAMES and words <= _CURRENCY_NAMES | _DOCUMENT_WORDS:
        return Field.CURRENCY, UNLISTED
    if words & _NO_MONEY:
        return None
    if key.startswith("reste ") or words & _REMAINING:
        return Field.OPEN, UNLISTED
    if words & _MONEY:
        return (Field.PAID if words & _RECEIVED else Field.AMOUNT), UNLISTED
    return None


@cache
def is_no_amount(name: str) -> bool:
    """A column of figures that are not what a customer owes: net of tax, rates, limits."""
    return bool(set(header_key(name).split()) & (_NO_MONEY | _NO_DEBT))


def is_company_amount(name: str) -> bool:
    return bool(set(header_key(name).split()) & _COMPANY)


def is_document_amount(name: str) -> bool:
    words = set(header_key(name).split())
    return bool(words & _DOCUMENT) and not words & _COMPANY


_LOST_LETTERS = re.compile(r"\?+")
_MOST_LOST = 8


@cache
def ruined_meaning(text: str) -> Field | None:
    """What a name nobody knows was before its letters were lost or misspelt; None when unsure."""
    for wrote, read in _MISREAD:
        try:
            mended = text.encode(wrote).decode(read)
        except UnicodeError:
            continue
        if mended != text and (meaning := column_meaning(mended)):
            return meaning[0]
    found = _by_letters(text) or _misspelt(header_key(text))
    return found.pop() if len(found) == 1 else None


def _by_letters(text: str) -> set[Field]:
    """ "N? pi?ce": each lost letter may be any, or two, or none. A name that lost many says
    nothing, and each one more would make the search three times longer.
    """
    lost = {letter for letter in text
            if letter in "?\ufffd" or (not letter.isascii() and letter not in _FRENCH)}  # fmt: skip
    if not lost or not any(map(str.isalpha, set(text) - lost)):
        return set()
    split = re.split(r"[\s_.]+", _ELIDED.sub("", text.lower()))
    words = [word for word in split if word and word not in _IGNORED]
    lost = {letter.lower() for letter in lost}
    parts = ["".join("?" if letter in lost else letter for letter in word) for word in words]
    runs = _LOST_LETTERS.split(" ".join(parts))
    if len(runs) > _MOST_LOST:
        return set()
    pattern = re.compile("[a-z0-9]{0,4}".join(map(re.escape, runs)))
    return {field for key, field in _MENDED.items() if pattern.fullmatch(key)}


def _misspelt(key: str) -> set[Field]:
    if len(key) < _LONG_ENOUGH or set(key.split()) & _NO_MONEY - {"date"}:
        return set()
    names = [name for name in _MENDED if name[0] == key[0]]
    return {_MENDED[name] for name in get_close_matches(key, names, n=3, cutoff=_CLOSE)}


def known_columns(row: Sequence[Cell]) -> int:
    """How many different meanings the cells of a row would have as column names."""
    found = {column_meaning(cell) for cell in row if isinstance(cell, str) and len(cell) < 80}
    return len({meaning[0] for meaning in found if meaning})
