"""The words of contacts files, in French and English: headers, roles, languages, countries."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.meanings import column_meaning, header_key
from relance.adapters.balance_files.synonyms import Field
from relance.domain.debtor import FlagKind, PayerProfile, Role


class Column(StrEnum):
    """Values: the field names that reports show."""

    CODE = "code"
    NAME = "name"
    CONTACT = "contact"
    ROLE = "role"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    LINE_1 = "address_1"
    LINE_2 = "address_2"
    LINE_3 = "address_3"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"
    SIREN = "siren"
    COLLECTOR = "collector"
    PAYMENT_DAYS = "payment_days"
    PAYER = "payer"
    PROFILE = "profile"
    METHOD = "payment_method"
    FLAG = "flag"
    FLAG_REASON = "flag_reason"
    FLAG_OWNER = "flag_owner"
    FLAG_REVIEW = "flag_review"
    MONEY = "amount"


_HEADERS: dict[Column, str] = {
    Column.CODE: "code; code client; code tiers; numero client; compte client; customer code; "
    "customer number; customer id; client code; account number; debtor code; code debiteur",
    Column.NAME: "nom; raison sociale; nom client; client; societe; name; company; company name; "
    "customer name; customer; debtor name; denomination; entreprise; debiteur; debtor; tiers",
    Column.CONTACT: "contact; nom contact; nom du contact; interlocuteur; contact name; contact "
    "person; prenom nom; destinataire; personne",
    Column.ROLE: "role; fonction; poste; service; function; job title; title; department; position",
    Column.EMAIL: "e mail; email; mail; courriel; adresse e mail; adresse mail; adresse email; "
    "e mail address; email address; contact email",
    Column.PHONE: "telephone; tel; phone; phone number; numero de telephone; portable; mobile; "
    "telephone fixe; contact phone",
    Column.LANGUAGE: "langue; language; lang; code langue; language code",
    Column.LINE_1: "adresse 1; adresse; adresse ligne 1; address 1; address; address line 1; rue; "
    "street; voie",
    Column.LINE_2: "adresse 2; adresse ligne 2; address 2; address line 2; complement; complement "
    "adresse; complement d adresse",
    Column.LINE_3: "adresse 3; adresse ligne 3; address 3; address line 3; lieu dit",
    Column.POSTCODE: "code postal; cp; postal code; postcode; zip; zip code",
    Column.CITY: "ville; commune; localite; city; town",
    Column.COUNTRY: "pays; code pays; country; country code",
    Column.SIREN: "siren; numero siren; siret; numero siret; company registration number; "
    "registration number; tva; numero tva; tva intracommunautaire; numero tva intracommunautaire; "
    "vat number; vat no; vat id",
    Column.PROFILE: "profil; profil payeur; type payeur; profile; payer profile; payer type; "
    "comportement paiement",
    Column.METHOD: "mode reglement; mode paiement; moyen paiement; moyen reglement; "
    "payment method; payment mode; means payment; method payment",
    Column.PAYMENT_DAYS: "jours de paiement; jour de paiement; jours de reglement; dates de "
    "paiement; payment days; payment day; payment run",
    Column.PAYER: "payeur; tiers payeur; compte payeur; code payeur; client payeur; code tiers "
    "payeur; code client payeur; payer; payer account; payer code; paying account; parent; parent "
    "account; parent code; bill to; bill to payer; bill to account; bill to customer",
    Column.FLAG: "consigne; consigne de relance; mode de relance; traitement de relance; flag; "
    "dunning mode; chasing mode",
    Column.FLAG_REASON: "motif consigne; motif de la consigne; flag reason; reason for flag",
    Column.FLAG_OWNER: "responsable consigne; responsable de la consigne; flag owner",
    Column.FLAG_REVIEW: "revue consigne; revue de la consigne; revue le; flag review; review on; "
    "review date",
    Column.COLLECTOR: "charge de recouvrement; charge recouvrement; gestionnaire; recouvreur; "
    "collector; credit controller; charge de clientele",
}
_ROLES: dict[str, str] = {
    "accounts_payable": "comptabilite fournisseurs; comptabilite fournisseur; comptabilite; "
    "compta; compta fournisseurs; comptable; comptable fournisseurs; accounts payable; ap; "
    "accounting; accountant; accounts_payable; facturation; billing; finance; tresorerie",
    "buyer": "acheteur; acheteuse; achats; achat; service achats; buyer; purchasing; procurement; "
    "donneur d ordre; approvisionneur; commande; prescripteur",
    "manager": "direction; directeur; directrice; gerant; gerante; dirigeant; dirigeante; dg; pdg; "
    "president; presidente; manager; daf; raf; cfo; ceo; owner; director; head of finance; "
    "directeur financier; directrice financiere; responsable; management",
    "legal": "conseil; avocat; lawyer; counsel; mandataire; mandataire social; "
    "juridique; service juridique; legal; representant legal; representante legale; "
    "legal representative; siege; contentieux; registered office; legal department",
}
_PROFILES: dict[str, str] = {
    "negligent": "negligent; negligente; oublieux; distrait; forgetful; careless",
    "bad_payer": "mauvais payeur; mauvais; mauvaise foi; bad payer; bad; slow payer; late payer; "
    "bad_payer",
    "short_of_cash": "en difficulte; difficulte; difficultes; difficultes tresorerie; tresorerie; "
    "difficulte de tresorerie; difficultes de tresorerie; tendu; short of cash; cash problems; "
    "in difficulty; short_of_cash",
    "administrative": "administratif; administration; administrative; circuit long; grand compte; "
    "bureaucratic",
    "dispute": "litigieux; litige; contestataire; chicaneur; dispute; disputes; disputing",
    "automatic": "automatique; prelevement; lcr; automatic; direct debit",
    "good": "bon payeur; bon; bonne; good payer; good; prompt; prompt payer",
}
_FLAGS: dict[str, str] = {
    "normal": "normal; normale; automatique; auto; automatic",
    "confirm_all": "confirmer; tout confirmer; a confirmer; confirmation; confirm; confirm all; "
    "confirm_all; validation",
    "manual_only": "manuel; manuelle; manuel seulement; a la main; manual; manual only; "
    "manual_only",
    "never": "jamais; ne pas relancer; aucune relance; pas de relance; never; do not chase",
}
_LANGUAGES = {
    "fr": "fr; fra; fre; francais; french; fr fr; fr be; fr ch",
    "en": "en; eng; anglais; english; en gb; en us; gb; uk",
    "de": "de; deu; ger; allemand; german",
    "es": "es; spa; espagnol; spanish",
    "it": "it; ita; italien; italian",
    "nl": "nl; nld; dut; neerlandais; dutch",
}
_COUNTRIES = {
    "FR": "france; fr; fra",
    "BE": "belgique; belgium; belgie; be; bel",
    "CH": "suisse; switzerland; schweiz; ch; che",
    "LU": "luxembourg; lu; lux",
    "DE": "allemagne; germany; deutschland; de; deu",
    "ES": "espagne; spain; espana; es; esp",
    "IT": "italie; italy; italia; it; ita",
    "NL": "pays bas; netherlands; nederland; nl; nld",
    "GB": "royaume uni; united kingdom; uk; gb; gbr; great britain; angleterre; england",
    "PT": "portugal; pt; prt",
    "US": "etats unis; united states; usa; us",
    "MC": "monaco; mc",
}
_MONEY = {
    Field.AMOUNT, Field.OPEN, Field.PAID, Field.DEBIT, Field.CREDIT, Field.DUE, Field.DUE_OR_OPEN,
    Field.TOTAL,
}  # fmt: skip


_NOT_WORD = re.compile(r"[^a-z0-9]+")


def _plain(text: str) -> str:
    """Every word counts here: "en" is a language and "de" a country."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub(" ", letters).strip()


def _by_word(names: dict[str, str], key: Callable[[str], str]) -> dict[str, str]:
    return {key(word): name for name, words in names.items() for word in words.split(";")}


_COLUMN_OF = _by_word({column.value: words for column, words in _HEADERS.items()}, header_key)
_ROLE_OF = _by_word(_ROLES, _plain)
_PROFILE_OF = _by_word(_PROFILES, _plain)
_FLAG_OF = _by_word(_FLAGS, _plain)
_LANGUAGE_OF = _by_word(_LANGUAGES, _plain)
_COUNTRY_OF = _by_word(_COUNTRIES, _plain)


def column_of(header: str) -> Column | None:
    """What a column is; MONEY for any that a balance has and a contacts file has not."""
    known = _COLUMN_OF.get(header_key(header))
    if known is not None:
        return Column(known)
    meaning = column_meaning(header)
    is_money = is_bucket(header) or (meaning is not None and meaning[0] in _MONEY)
    return Column.MONEY if is_money else None


def role_of(text: str) -> Role | None:
    found = _ROLE_OF.get(_plain(text))
    return Role(found) if found else None


def profile_of(text: str) -> PayerProfile | None:
    found = _PROFILE_OF.get(_plain(text))
    return PayerProfile(found) if found else None


def flag_of(text: str) -> FlagKind | None:
    found = _FLAG_OF.get(_plain(text))
    return FlagKind(found) if found else None


def language_of(text: str) -> str | None:
    """ISO 639-1 of a language by its code or its name."""
    return _LANGUAGE_OF.get(_plain(text))


def country_of(text: str) -> str | None:
    """ISO 3166 of a country by its code or its name; France when nothing is said."""
    if not text:
        return "FR"
    found = _COUNTRY_OF.get(_plain(text))
    if found is None and len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    return found
