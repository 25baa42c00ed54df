"""Whether a debtor looks like a public body or a collective account: from its name and SIREN.

A hint for people, never a decision: nothing is chased or spared because of it alone.
"""

import re

from relance.domain.debtor import Debtor
from relance.domain.reconciliation.identity import normalised_name

_COMPANY = re.compile(r"\b(sarl|sas|sasu|sa|eurl|sci|snc|scop|gmbh|ltd|llc|inc|bv|srl|spa)\b")
_PUBLIC_FIRST = re.compile(
    r"(la )?(mairie|commune|ville|communaute (de communes|d agglomeration|urbaine)|metropole"
    r"|departement|conseil (departemental|regional|general)|region|prefecture|sous prefecture"
    r"|rectorat|ministere|direction (generale|departementale|regionale)|tresorerie|tresor public"
    r"|centre hospitalier|hopital|hopitaux|hospices|chu|chru|assistance publique"
    r"|universite|lycee|college|ecole (publique|primaire|maternelle|nationale)|academie"
    r"|sdis|ccas|syndicat (mixte|intercommunal|departemental)|sivom|sivu|office public|oph"
    r"|chambre (de commerce|des metiers|d agriculture)|agence (regionale de sante|de l eau)"
    r"|gendarmerie|armee|etablissement public|city of|county of|ministry of|university of)\b"
)
_COLLECTIVE = re.compile(
    r"^(clients?|comptes?|debiteurs?|customers?|ventes?|recettes?)? ?(divers|diverses|de passage"
    r"|passage|comptoir|au comptoir|occasionnels?|particuliers|cb|one time|sundry|cash|walk in"
    r"|miscellaneous)( (divers|clients?|customers?|sales|debtors|cb))?$"
)


def is_public(debtor: Debtor) -> bool:
    """A SIREN that starts with 1 or 2 belongs to the State or to a local authority; else the first
    words of the name, when no form of company follows ("Brasserie de la Mairie" is none).
    """
    if debtor.siren is not None and debtor.siren[:1] in {"1", "2"}:
        return True
    words = _words(debtor.name)
    return bool(_PUBLIC_FIRST.match(words)) and not _COMPANY.search(words)


def is_collective(debtor: Debtor) -> bool:
    """An account shared by customers whom nobody may dun by it: CLIENTS DIVERS, RECETTE CB."""
    return bool(_COLLECTIVE.match(_words(debtor.name)))


def _words(name: str) -> str:
    return normalised_name(name).replace("-", " ")
