"""The words of `relance stats` and `relance profile`, in French and in English."""

from collections.abc import Mapping

from relance.adapters.messages.reasons import Sentence

PROFILES: dict[str, Sentence] = {
    "negligent": Sentence("négligent", "negligent"),
    "bad_payer": Sentence("mauvais payeur", "bad payer"),
    "short_of_cash": Sentence("à court de trésorerie", "short of cash"),
    "administrative": Sentence("administratif", "administrative"),
    "dispute": Sentence("litigieux", "disputes"),
    "automatic": Sentence("automatique", "automatic"),
    "good": Sentence("bon payeur", "good payer"),
}

PROFILE_REASONS: dict[str, Sentence] = {
    "public-body": Sentence(
        "C’est un organisme public : son circuit de validation commande.",
        "It is a public body: its approval circuit decides.",
    ),
    "paid-by-our-order": Sentence(
        "{count} pièces sur {items} se paient par prélèvement ou par effet de commerce.",
        "{count} of {items} items are paid by direct debit or bill of exchange.",
    ),
    "too-few-paid-items": Sentence(
        "Trop peu de pièces soldées pour conclure : {items}, il en faut {least}.",
        "Too few settled items to tell: {items}, and it takes {least}.",
    ),
    "days-late": Sentence(
        "{days} jours de retard en moyenne, pondérée par les montants, sur {items} pièces.",
        "{days} days late on average, by amount, over {items} items.",
    ),
    "late-share": Sentence(
        "{share} % des pièces sont réglées après l’échéance.",
        "{share}% of the items are settled after their due date.",
    ),
    "reminders-needed": Sentence(
        "{reminders} relances en moyenne avant le règlement.",
        "{reminders} reminders on average before it pays.",
    ),
    "disputed-share": Sentence(
        "{share} % des pièces ont été contestées.", "{share}% of the items were disputed."
    ),
    "part-paid-share": Sentence(
        "{share} % des pièces ont été réglées en plusieurs fois.",
        "{share}% of the items were paid in parts.",
    ),
    "no-clear-profile": Sentence(
        "Aucun profil ne se dégage de ce qui a été réglé.",
        "No profile stands out from what was settled.",
    ),
}

FIGURES: dict[str, Sentence] = {
    "open": Sentence("Encours", "Open"),
    "not_due": Sentence("dont non échu", "of which not due"),
    "disputed_open_share": Sentence("dont contesté (%)", "of which disputed (%)"),
    "dso": Sentence("DSO par épuisement (jours)", "DSO by count-back (days)"),
    "best_dso": Sentence("Meilleur DSO possible (jours)", "Best possible DSO (days)"),
    "items": Sentence("Pièces soldées", "Settled items"),
    "amount": Sentence("pour un montant de", "amounting to"),
    "average_days_late": Sentence("Retard moyen (jours)", "Average days late"),
    "weighted_days_late": Sentence("Retard pondéré (jours)", "Days late by amount"),
    "uncertain_days": Sentence("ou jusqu’à tant de jours de moins", "or up to so many days less"),
    "late_share": Sentence("Réglées en retard (%)", "Settled late (%)"),
    "disputed_share": Sentence("Contestées (%)", "Disputed (%)"),
    "part_paid_share": Sentence("Réglées en plusieurs fois (%)", "Paid in parts (%)"),
    "reminders_before_payment": Sentence("Relances avant règlement", "Reminders before payment"),
}

LATE_CAUSES: dict[str, Sentence] = {
    "forgotten": Sentence("En retard : oubli", "Late: forgotten"),
    "approval": Sentence("En retard : validation", "Late: approval"),
    "invoice-missing": Sentence("En retard : facture absente", "Late: invoice missing"),
    "dispute": Sentence("En retard : litige", "Late: dispute"),
    "cash": Sentence("En retard : trésorerie", "Late: cash"),
    "our-error": Sentence("En retard : erreur de notre part", "Late: our error"),
    "unknown": Sentence("En retard : cause inconnue", "Late: cause unknown"),
}

NOTES: dict[str, Sentence] = {
    "dso-partial": Sentence(
        "Le DSO est surestimé : les ventes réglées avant le premier import sont inconnues.",
        "The DSO is too high: sales settled before the first import are not known.",
    ),
    "nothing": Sentence(
        "Rien n’est dû et rien n’a été soldé.", "Nothing is owed, nothing settled."
    ),
    "profile": Sentence("Profil confirmé : {profile}.", "Confirmed profile: {profile}."),
    "proposed": Sentence("Profil proposé : {profile}.", "Proposed profile: {profile}."),
    "none": Sentence("aucun", "none"),
    "confirm": Sentence(
        "Rien n’est appliqué avant : relance profile {creditor} {debtor} --confirm {profile}",
        "Nothing applies until: relance profile {creditor} {debtor} --confirm {profile}",
    ),
    "confirmed": Sentence(
        "Noté : {debtor} est « {profile} ».", 'Recorded: {debtor} is "{profile}".'
    ),
}


def profile_name(profile: str | None, language: str) -> str:
    return said(PROFILES[profile] if profile else NOTES["none"], language)


def said(sentence: Sentence, language: str, values: Mapping[str, str] | None = None) -> str:
    if language == "fr":
        return sentence.fr.format_map({k: french(v) for k, v in (values or {}).items()})
    return sentence.en.format_map(dict(values or {}))


def french(value: str) -> str:
    """40.5 is written 40,5; anything that is no number stays as it is."""
    whole, point, tenths = value.partition(".")
    is_number = whole.lstrip("-").isdigit() and tenths.isdigit()
    return f"{whole},{tenths}" if point and is_number else value
