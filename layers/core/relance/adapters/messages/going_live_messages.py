"""The words of `relance go-live`."""

from relance.adapters.messages.reasons import Sentence

WORDS: dict[str, Sentence] = {
    "about": Sentence(
        "{creditor} : {cases} dossiers, {items} pièces dues. Mode actuel : {before} ; demandé : "
        "{wanted}.",
        "{creditor}: {cases} cases, {items} documents owed. Mode now: {before}; asked for: "
        "{wanted}.",
    ),
    "blocked": Sentence("Rien ne partirait : {reason}", "Nothing would leave: {reason}"),
    "title": Sentence(
        "Du {first} au {last}, mode {mode}, plafonds compris",
        "From {first} to {last}, mode {mode}, caps on",
    ),
    "taken": Sentence(
        "Supposé : balance déposée chaque matin, personne ne paie, chaque appel aboutit, chaque "
        "approbation est donnée le jour même.",
        "Taken for granted: a balance dropped every morning, nobody pays, each call reaches "
        "somebody, each approval is given on its day.",
    ),
    "confirm": Sentence(
        "Mode confirm : une personne libère les envois de chaque jour, sinon rien ne part.",
        "Mode confirm: a person releases each day’s messages, else nothing leaves.",
    ),
    "redirect": Sentence(
        "Mode redirect : tout va à l’adresse d’essai, aucune étape n’est faite.",
        "Mode redirect: everything goes to the test address, no step is done.",
    ),
    "day": Sentence("Jour", "Day"),
    "emails": Sentence("E-mails", "E-mails"),
    "letters": Sentence("Lettres", "Letters"),
    "registered_letters": Sentence("LRAR", "Reg."),
    "calls": Sentence("Appels", "Calls"),
    "approvals": Sentence("Visas", "Appr."),
    "pushed": Sentence("Report", "Put off"),
    "cost": Sentence("Coût", "Cost"),
    "total": Sentence("Total", "Total"),
    "legend": Sentence(
        "LRAR : lettres recommandées. Visas : messages qu’une personne doit approuver. "
        "Report : en attente d’un plafond, compté chaque jour. Coût : les lettres, à {letter} et "
        "{registered} l’une ; les e-mails coûtent moins d’un centime.",
        "Reg.: registered letters. Appr.: messages that a person must approve. Put off: "
        "waiting for a cap, counted on each day. Cost: the letters, at {letter} and {registered} "
        "each; an e-mail costs less than a cent.",
    ),
    "over": Sentence("Reporté {count} fois : {reason}", "Put off {count} times: {reason}"),
    "first": Sentence(
        "Premiers messages : {count}, à des clients à qui rien n’a été écrit. Les plus gros :",
        "First messages: {count}, to customers we have never written to. The largest:",
    ),
    "debtor": Sentence("Client", "Customer"),
    "name": Sentence("Nom", "Name"),
    "channel": Sentence("Canal", "Channel"),
    "level": Sentence("Niveau", "Level"),
    "asked": Sentence("Demandé", "Asked"),
    "strangers": Sentence(
        "L’envoi s’arrêterait : plus de cinq clients sans lien entre eux ont l’adresse {address}. "
        "Corrigez les contacts, ou `relance allow-address`. Compté ici comme si c’était fait.",
        "The run would stop: more than five unrelated customers have the address {address}. Mend "
        "the contacts, or `relance allow-address`. Counted here as if it were done.",
    ),
    "released": Sentence(
        "Comptées ci-dessus comme libérées au {level} ; elles attendent tant que vous ne l’avez "
        "pas fait : `relance release {creditor} --all --level {code}`. --level {other} ou "
        "--no-release montre autre chose.",
        "Counted above as released at {level}; they wait until you do it: `relance release "
        "{creditor} --all --level {code}`. --level {other} or --no-release shows otherwise.",
    ),
    "unreleased": Sentence(
        "Comptées ci-dessus comme en attente : `relance release {creditor} --all` les libère.",
        "Counted above as waiting: `relance release {creditor} --all` releases them.",
    ),
    "waiting": Sentence(
        "À libérer : {items} pièces de {debtors} clients, {sum}. Les plus grosses :",
        "To release: {items} documents of {debtors} customers, {sum}. The largest:",
    ),
    "document": Sentence("Pièce", "Document"),
    "late": Sentence("Retard", "Late"),
    "days": Sentence("{days} j", "{days} d"),
    "accounts": Sentence("Comptabilité", "Accounts"),
    "reminder": Sentence("rappel {level}", "reminder {level}"),
    "more": Sentence(
        "… et {more} autres : `relance release {creditor}`.",
        "… and {more} more: `relance release {creditor}`.",
    ),
    "unchanged": Sentence(
        "Rien n’a changé. Ajoutez --yes pour passer en mode {wanted}.",
        "Nothing has changed. Add --yes to go to the mode {wanted}.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Raises KeyError for a word that nobody has written."""
    sentence = WORDS[key]
    return (sentence.fr if language == "fr" else sentence.en).format(**values)
