"""Sentences for what is wrong in `creditor.yaml` and `policy.yaml`: where, and what to write."""

from collections.abc import Mapping

from relance.adapters.messages.config_expected import expected_in
from relance.adapters.messages.reasons.sentence import Sentence

_AT = "Ligne {line}, champ {field} : "
_AT_EN = "Line {line}, field {field}: "
_WRITE = Sentence(_AT + "écrivez {expected}.", _AT_EN + "write {expected}.")

SENTENCES: dict[str, Sentence] = {
    "config-alias": _WRITE,
    "config-duplicate-key": Sentence(
        "Ligne {line} : le champ {field} est écrit deux fois.",
        "Line {line}: field {field} is written twice.",
    ),
    "config-malformed": Sentence(
        "Ligne {line} : le fichier ne se lit pas ; écrivez {expected}.",
        "Line {line}: the file cannot be read; write {expected}.",
    ),
    "config-missing-key": Sentence(
        "Ligne {line} : il manque le champ {field}.", "Line {line}: field {field} is missing."
    ),
    "config-not-utf8": Sentence(
        "Enregistrez le fichier {file} en UTF-8.", "Save the file {file} as UTF-8."
    ),
    "config-too-large": Sentence(
        "Le fichier {file} est trop grand ({expected}).",
        "The file {file} is too large ({expected}).",
    ),
    "config-unknown-key": Sentence(
        "Ligne {line} : le champ {field} n’existe pas ; écrivez {expected}.",
        "Line {line}: there is no field {field}; write {expected}.",
    ),
    "config-wrong-value": _WRITE,
    "policy-approval-auto": Sentence(
        _AT + "une mise en demeure ne part qu’après l’accord d’une personne ; écrivez {expected}.",
        _AT_EN + "a formal notice leaves only once a person approved it; write {expected}.",
    ),
    "policy-creditor-wide": Sentence(
        _AT + "cela ne peut pas différer d’un client à l’autre ; écrivez {expected} une seule "
        "fois, en tête de la politique.",
        _AT_EN + "it cannot differ from one customer to another; write {expected} once, at the "
        "top of the policy.",
    ),
    "policy-formal-channel": Sentence(
        _AT + "le délai d’une mise en demeure court de la première présentation, qu’une lettre "
        "recommandée est seule à prouver ; écrivez {expected}.",
        _AT_EN + "the days of a formal notice run from first presentation, which only a registered "
        "letter proves; write {expected}.",
    ),
    "policy-formal-key": Sentence(
        _AT + "l’étape de la mise en demeure porte toujours le même nom ; écrivez {expected}.",
        _AT_EN + "the step of the formal notice always has the same name; write {expected}.",
    ),
    "policy-grants-days": Sentence(
        _AT + "une mise en demeure accorde des jours pour payer ; écrivez par exemple {expected}.",
        _AT_EN + "a formal notice grants days to pay; write for instance {expected}.",
    ),
    "policy-hand-over-channel": Sentence(
        _AT + "au niveau litigation, une personne transmet le dossier ; écrivez {expected}.",
        _AT_EN + "at level litigation a person hands the file over; write {expected}.",
    ),
    "policy-hand-over-date": Sentence(
        _AT + "le dossier ne se transmet qu’après la date imprimée dans la mise en demeure ; "
        "écrivez {expected}.",
        _AT_EN + "the file is handed over only after the date that the formal notice printed; "
        "write {expected}.",
    ),
    "policy-level-back": Sentence(
        _AT + "les niveaux ne redescendent pas ; écrivez {expected} ou un niveau plus haut, ou "
        "placez l’étape plus tôt dans la liste.",
        _AT_EN + "levels never go back; write {expected} or a higher one, or move the step up in "
        "the list.",
    ),
    "policy-levels-overlap": Sentence(
        _AT + "ce niveau commencerait avant la fin du précédent ; écrivez {expected} ou plus, ou "
        "avancez l’étape qui la précède.",
        _AT_EN + "this level would begin before the one below it has ended; write {expected} or "
        "more, or give the step before it an earlier day.",
    ),
    "policy-no-deadline": Sentence(
        _AT + "aucune étape placée avant celle-ci n’accorde de délai, seule une mise en demeure le "
        "fait ; écrivez {expected}, ou gardez la mise en demeure avant elle.",
        _AT_EN + "no step before this one grants a deadline, only a formal notice does; write "
        "{expected}, or keep the formal notice before it.",
    ),
    "policy-no-gap": Sentence(
        _AT + "l’étape doit venir après celle qui la précède ; écrivez {expected} ou plus.",
        _AT_EN + "the step must come after the one before it; write {expected} or more.",
    ),
    "policy-no-hand-over": Sentence(
        _AT + "rien ne suit la mise en demeure une fois sa date passée ; gardez ou placez après "
        "elle l’étape {expected}.",
        _AT_EN + "nothing follows the formal notice once its date has passed; keep or put after it "
        "the step {expected}.",
    ),
    "policy-no-template": Sentence(
        _AT + "ce modèle n’existe pas en français et en anglais pour ce canal ; écrivez "
        "{expected}.",
        _AT_EN + "this template does not exist in French and English for this channel; write "
        "{expected}.",
    ),
    "policy-only-preventive": Sentence(
        _AT + "rien n’est demandé après l’échéance ; placez après cette étape au moins une étape "
        "de niveau {expected}.",
        _AT_EN + "nothing is asked once an invoice is overdue; put after this step at least one "
        "of level {expected}.",
    ),
    "policy-profile-insolvent": Sentence(
        _AT + "l’insolvabilité est un état juridique, pas un profil payeur ; pour un client à "
        "court de trésorerie, écrivez {expected}.",
        _AT_EN + "insolvency is a legal state, not a payer profile; for a customer short of cash, "
        "write {expected}.",
    ),
    "policy-reminders-missing": Sentence(
        _AT + "une mise en demeure suit trois relances au moins (e-mails, lettres, appels après "
        "l’échéance) et ne partirait jamais ; gardez ou placez avant elle des étapes, de niveau "
        "{expected} par exemple.",
        _AT_EN + "a formal notice follows at least three reminders (e-mails, letters, calls once "
        "overdue) and would never leave; keep or put more before it, of level {expected} for "
        "instance.",
    ),
    "policy-second-formal-notice": Sentence(
        _AT + "une mise en demeure est déjà prévue et un dossier n’en reçoit qu’une ; retirez "
        "cette étape, ou écrivez {expected}.",
        _AT_EN + "there is a formal notice already, and a case has one; remove this step, or write "
        "{expected}.",
    ),
    "policy-task-level": Sentence(
        _AT + "une tâche ne vient qu’au niveau litigation ; écrivez {expected}.",
        _AT_EN + "a task comes at level litigation only; write {expected}.",
    ),
    "policy-too-few-reminders": Sentence(
        _AT + "aucune mise en demeure sans trois relances qui comptent ; écrivez {expected} ou "
        "plus. Une personne peut en ordonner une plus tôt, la machine jamais.",
        _AT_EN + "no formal notice without three reminders that count; write {expected} or more. "
        "A person may order one sooner, the machine never does.",
    ),
    "policy-too-many-reminders": Sentence(
        _AT + "la mise en demeure n’est précédée que de {expected} relances et ne partirait "
        "jamais ; écrivez {expected} ou moins, ou ajoutez des étapes avant elle.",
        _AT_EN + "only {expected} reminders come before the formal notice, which would never "
        "leave; write {expected} or less, or add steps before it.",
    ),
    "policy-unknown-currency": Sentence(
        _AT + "devise inconnue ; écrivez {expected}.",
        _AT_EN + "unknown currency; write {expected}.",
    ),
    "policy-unknown-profile": Sentence(
        _AT + "profil payeur inconnu ; écrivez {expected}.",
        _AT_EN + "unknown payer profile; write {expected}.",
    ),
    "policy-unknown-region": Sentence(
        _AT + "région inconnue du calendrier des jours fériés ; écrivez par exemple {expected}",
        _AT_EN + "the calendar of public holidays knows no such region; write for instance "
        "{expected}",
    ),
    "policy-unknown-step": Sentence(
        _AT + "la politique n’a pas d’étape de ce nom ; écrivez {expected}.",
        _AT_EN + "the policy has no step of that name; write {expected}.",
    ),
    "policy-window-empty": Sentence(
        "La fenêtre d’envoi est vide : envoi de {opens} à {closes}. Donnez send_from et send_until "
        "dans policy.yaml, le second après le premier.",
        "The sending window is empty: from {opens} to {closes}. Give send_from and send_until in "
        "policy.yaml, the second after the first.",
    ),
}  # fmt: skip


def config_sentence(code: str, language: str, detail: Mapping[str, str]) -> str | None:
    """None for a code of something else."""
    pair = SENTENCES.get(code)
    if pair is None:
        return None
    said = {**detail, "expected": expected_in(language, detail.get("expected", "?"))}
    return (pair.fr if language == "fr" else pair.en).format_map(_Blank(said))


def is_mistake(code: str | None) -> bool:
    """Whether it says what is wrong in a configuration file."""
    return code in SENTENCES


def mistake_in(language: str, text: str) -> str:
    """A line of `ConfigRefused.seen` in that language; any other text as it is."""
    line, _, rest = text.partition(": ")
    field, found, expected = rest.partition(": ")
    if not found or not line.isdigit():
        return text
    return f"{line}: {field}: {expected_in(language, expected)}"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
