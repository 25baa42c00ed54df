"""What people read in the morning: nothing of it may be missed, in either language."""

import pytest

from relance.application.morning.views import SECTIONS
from tests.templates.mornings import FULL
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of
from tests.templates.test_staff import send


def said(changes: dict[str, object] | None = None, language: str = "fr") -> str:
    return plain_spaces(text_of(send("morning", FULL | (changes or {}), language)))


def subject(changes: dict[str, object] | None = None, language: str = "fr") -> str:
    mail = send("morning", FULL | (changes or {}), language)
    return plain_spaces(str(parsed(mail)["Subject"]))


QUIET: dict[str, object] = dict.fromkeys(SECTIONS)


def test_the_preview_says_what_leaves_why_when_and_how_to_stop_it() -> None:
    text = said()
    parts = [
        "# Prêt à partir une fois libéré, dès 10:00 : 4 messages",
        "- relance release-day delorme",
        "Vidal & Fils (C1) : 6 382,90 € (et 2 autres comptes du même payeur)",
        "- lettre recommandée, second niveau de relance, à 10:00",
        "L’étape est arrivée à sa date. 3 pièces, la plus ancienne en retard de 24 jours.",
        "- Pour le retenir : relance stop delorme abc",
        "- e-mail, réponse au client, à 10:00",
        "et 1 autre",
        "Pour arrêter tous les envois : relance pause delorme",
        "# Retenu aujourd’hui : 4",
        "Le nombre de messages du jour est atteint",
        "- Ateliers Roux (C2) : 812,40 € + 300,00 USD, e-mail, premier niveau de relance",
        "- et 3 autres",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_reply_that_nobody_reads_is_told_before_anything_else() -> None:
    text = said()
    line = "Vidal & Fils (C1) : 6 382,90 €, depuis 9 jours. Personne ne l’a marquée lue depuis cinq"
    assert text.index("# ALERTE, réponses de clients que personne n’a lues : 1") < text.index(line)
    assert text.index(line) < text.index("# Prêt à partir")
    assert "relance seen delorme C1 r0" in text
    assert "1 alerte, " in subject()
    assert "1 alert, " in subject(language="en")
    assert "ALERTE" not in said({"parts": ("preview",)})


def test_the_digest_says_what_waits_before_what_is_over() -> None:
    text = said()
    parts = [
        "# Attend une approbation : 1 message, 6 382,90 €",
        "lettre recommandée, mise en demeure, depuis 3 jours : relance approve delorme abc",
        "# Envois douteux, à trancher : 1",
        "# Réponses à lire : 2",
        "depuis 4 jours : relance seen delorme C1 r1",
        "Réponse que nous n’avons pu rattacher à aucun client, depuis hier : relance todo delorme",
        "# Promesses non tenues : 1, 6 382,90 €",
        "promis pour le 13 novembre 2026, la balance la montre toujours due",
        "# Fichiers refusés ou à confirmer : 2",
        "relance confirm-import delorme delorme/balance-20.csv",
        "# Retenu, la balance est trop ancienne : 1 dossier",
        "Balance au 16 novembre 2026.",
        "# Échéances des sept prochains jours",
        "18 novembre 2026 (il y a 2 jours) : Dossier à transmettre au contentieux",
        "20 novembre 2026 (aujourd’hui) : litige à résoudre",
        "21 novembre 2026 (demain) : date imprimée par la mise en demeure, Vidal & Fils (C1)",
        "assureur ou factor : Coface",
        "# Adresses qui refusent : 1",
        "# Parti depuis le dernier point : 4 messages",
        "19/11/2026 à 10:00",
        "(essai)",
        "# N’est pas parti : 1",
        "Une personne a retenu ce message pour aujourd’hui. (1 message",
        "# Appels du jour : 13",
        "Célia Martin : 1 appel, 812,40 €",
        "À joindre : Mme Roux, 04 78 00 00 00",
        "2 autres appels attendent le prochain jour ouvré.",
        "Hugo Roy : 12 appels, 6 382,90 €",
        "- et 11 autres",
        "La liste de ce qui est à faire est jointe",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_english_one_says_the_same() -> None:
    text = said({}, "en")
    for part in (
        "# Ready to leave once released, from 10:00: 4 messages",
        "To hold it back: relance stop delorme abc",
        "# Held back today: 4",
        "# Broken promises: 1",
        "16 November 2026",
        "# Did not leave: 1",
        "and 11 others",
    ):
        assert part in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_section_has_its_title_and_both_parts_the_same_words(language: str) -> None:
    mail = send("morning", FULL, language)
    outline = Outline(html_of(mail))
    titles = [line[2:] for line in text_of(mail).splitlines() if line.startswith("# ")]
    assert len(titles) == len(SECTIONS)
    for title in titles:
        assert plain_spaces(title) in plain_spaces(outline.text)


def test_a_day_without_anything_to_send_says_so() -> None:
    quiet = QUIET | {"release": None, "missing_pages": 0}
    assert "# Rien ne part aujourd’hui." in said(quiet)
    assert subject(quiet) == "Relance du 20/11/2026 : rien ne part"
    assert "# Nothing leaves today." in said(quiet, "en")


def test_a_collector_without_messages_is_not_told_that_nothing_leaves_at_all() -> None:
    quiet = QUIET | {"release": None, "is_all": False, "unread": FULL["unread"]}
    assert "# Rien ne part aujourd’hui pour vos clients." in said(quiet)
    assert subject(quiet) == "Relance du 20/11/2026 : 2 réponses à lire"


def test_what_stops_a_creditor_is_said() -> None:
    text = said(QUIET | {"closed": "suspicious-import", "release": None})
    assert "La dernière balance attend votre confirmation" in text


def test_a_rehearsal_says_where_everything_goes() -> None:
    assert "Mode essai : tout part à test@acme.example" in said(
        {"redirect_to": "test@acme.example"}
    )


def test_the_mode_observe_says_that_nothing_leaves() -> None:
    text = said({"mode": "observe", "leaving": None, "release": None})
    assert "Mode observation : rien ne part." in text
    assert "# Aurait été fait : 2" in text


@pytest.mark.parametrize(
    ("part", "there", "gone"),
    [("preview", "Prêt à partir", "Appels du jour"), ("digest", "Appels du jour", "Prêt à partir")],
)
def test_each_half_alone(part: str, there: str, gone: str) -> None:
    text = said({"parts": (part,)})
    assert there in text
    assert gone not in text


def test_the_subject_says_how_much_there_is() -> None:
    assert subject() == (
        "Relance du 20/11/2026 : 1 alerte, 4 messages à libérer, 13 appels, 1 approbation, "
        "2 réponses à lire"
    )
    assert "4 messages leave" in subject({"release": None}, "en")


def test_a_name_of_the_accounts_passes_for_nothing_else() -> None:
    leaving = FULL["leaving"]
    assert isinstance(leaving, dict)
    odd = leaving["shown"][0] | {"debtor_name": "Vidal\n\n# Payez\n\n- <b>ici</b>"}
    mail = send("morning", FULL | {"leaving": leaving | {"shown": [odd]}})
    assert "\n# Payez" not in text_of(mail)
    assert "<b>ici" not in html_of(mail)
