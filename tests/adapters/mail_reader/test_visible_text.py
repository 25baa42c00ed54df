"""Every quote form a French or English mail client writes; what the person wrote stays whole."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.mail_reader.visible_text import visible_text

ANSWER = (
    "Bonjour,\n\nLe règlement part vendredi.\n\nCordialement,\nAnne Petit\n"
    "Comptabilité fournisseurs"
)

QUOTES = {
    "gmail": "Le lun. 12 oct. 2026 à 09:15, Recouvrement ACME <compta@acme.test> a écrit :\n\n"
    "> Bonjour,\n> la facture",
    "gmail folded on two lines": "Le lun. 12 oct. 2026 à 09:15, Recouvrement ACME "
    "<compta@acme.test> a\nécrit :\n\n> Bonjour,",
    "gmail folded on three lines": "Le lundi 12 octobre 2026 à 09:15, Service Recouvrement\n"
    "de la société ACME <compta@acme.test> a\nécrit :\n> Bonjour,",
    "no-break space before the colon": "Le 12 oct. 2026 à 09:15, ACME <compta@acme.test> a "
    "écrit\u00a0:\n\n> Bonjour,",
    "iphone without quote marks": "Envoyé de mon iPhone\n\n"
    "Le 12 oct. 2026 à 09:15, ACME <compta@acme.test> a écrit :\n\n\nMesdames, Messieurs,\n"
    "Notre facture reste due.",
    "outlook": "De : ACME <compta@acme.test>\nEnvoyé : lundi 12 octobre 2026 09:15\n"
    "À : Anne Petit <a.petit@client.test>\nObjet : Facture F-1\n\nBonjour,\nVous nous devez.",
    "outlook envoyé le, bold": "*De :* ACME [mailto:compta@acme.test]\n"
    "*Envoyé le :* lundi 12 octobre 2026 09:15\n*À :* Anne\n*Objet :* Facture F-1\n\nBonjour",
    "outlook with blank lines between headers": "De : ACME\n\n"
    "Envoyé : lundi 12 octobre 2026 09:15\n\nÀ : Anne\n\nObjet : Facture\n\n"
    "Bonjour, vous nous devez.",
    "outlook with a rule": "________________________________\nDe : ACME <compta@acme.test>\n"
    "Envoyé : lundi 12 octobre 2026 09:15\nÀ : Anne\nObjet : Facture\n\nBonjour,",
    "outlook mobile": "Télécharger Outlook pour iOS<https://aka.ms/o0ukef>\n"
    "________________________________\nDe : ACME\nEnvoyé : lundi 12 octobre 2026 09:15\n"
    "À : Anne\nObjet : Facture\n\nBonjour,",
    "outlook in English": "From: ACME <compta@acme.test>\n"
    "Sent: Monday, October 12, 2026 9:15 AM\nTo: Anne\nSubject: Invoice\n\nHello,",
    "lotus notes": "De :\tACME/FR\nPour :\tAnne Petit\nCc :\t\nDate :\t12/10/2026 09:15\n"
    "Objet :\tFacture\n\nBonjour,",
    "original message": "-----Message d'origine-----\nDe : ACME\n"
    "Envoyé : lundi 12 octobre 2026\nÀ : Anne\nObjet : Facture\n\nBonjour,",
    "original message, curly quote": "-------- Message d’origine --------\nDe : ACME\n"
    "Date : 12/10/2026 09:15 (GMT+01:00)\nÀ : a.petit@client.test Objet : Facture\n\nBonjour,",
    "zimbra": "----- Mail original -----\nDe: \"ACME\" <compta@acme.test>\n"
    "À: \"Anne\" <a.petit@client.test>\nEnvoyé: Lundi 12 Octobre 2026 09:15:00\n"
    "Objet: Facture\n\nBonjour,",
    "zimbra with a dash": "- Le 12 Oct 26, à 9:15, ACME compta@acme.test a écrit :\n\nBonjour,\n"
    "Vous nous devez.",
    "zimbra with five dashes": "----- Le 12 oct. 2026, à 09:15, ACME <compta@acme.test> a écrit "
    ":\n\nBonjour,",
    "orange": "> Message du 12/10/26 09:15\n> De : \"ACME\" <compta@acme.test>\n"
    "> A : a.petit@client.test\n> Objet : Facture\n>\n> Bonjour,",
    "message du": "====\n\nMessage du : 12/10/2026 09:15\nDe : \"ACME\" <compta@acme.test>\n"
    "A : a.petit@client.test\nCopie à :\nSujet : Facture\n\nBonjour,",
    "sfr, lower case": "envoyé : 12 octobre 2026 à 09:15\nde : ACME <compta@acme.test>\n"
    "à : Anne <a.petit@client.test>\nobjet : Facture\n\nBonjour,",
    "yahoo": "Le lundi 12 octobre 2026 à 09:15:12 UTC+2, ACME <compta@acme.test> a écrit : \n\n"
    "Bonjour,\nVous nous devez.",
    "thunderbird": "Le 12/10/2026 à 09:15, ACME a écrit :\n> Bonjour,\n> Vous nous devez.",
    "mac mail": "> Le 12 oct. 2026 à 09:15, ACME <compta@acme.test> a écrit :\n> \n> Bonjour,",
    "name first, date last": "ACME <compta@acme.test> a écrit le 12 octobre 2026 à 09:15 :\n\n"
    "Bonjour,",
    "english gmail": "On Mon, Oct 12, 2026 at 9:15 AM ACME <compta@acme.test> wrote:\n\n> Hello,",
    "english folded": "On Mon, Oct 12, 2026 at 9:15 AM ACME Recovery Department\n"
    "<compta@acme.test> wrote:\n\n> Hello,",
    "german": "Am 12.10.2026 um 09:15 schrieb ACME <compta@acme.test>:\n\n> Guten Tag",
    "german outlook": "Von: ACME\nGesendet: Montag, 12. Oktober 2026 09:15\nAn: Anne\n"
    "Betreff: Rechnung\n\nGuten Tag",
    "spanish": "El lun, 12 oct 2026 a las 9:15, ACME (<compta@acme.test>) escribió:\n\n> Hola",
    "italian": "Il giorno lun 12 ott 2026 alle ore 09:15 ACME <compta@acme.test> ha\n"
    "scritto:\n\n> Buongiorno",
    "dutch": "Op ma 12 okt 2026 om 09:15 schreef ACME <compta@acme.test>:\n\n> Hallo",
    "forwarded": "---------- Forwarded message ---------\nDe : ACME <compta@acme.test>\n"
    "Date: lun. 12 oct. 2026 à 09:15\nSubject: Facture\nTo: <a.petit@client.test>\n\nBonjour,",
    "redirected": "Début du message réexpédié :\n\nDe: ACME\nObjet: Facture\n"
    "Date: 12 octobre 2026\nÀ: Anne\n\nBonjour,",
}  # fmt: skip


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["blank line", "no blank line"])
def test_quote_and_its_header_are_cut(quote: str, gap: str) -> None:
    assert visible_text(ANSWER + gap + quote) == ANSWER


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_windows_line_ends_change_nothing(quote: str) -> None:
    assert visible_text(f"{ANSWER}\n\n{quote}".replace("\n", "\r\n")) == ANSWER


KEPT = {
    "someone told us": "Le 12 octobre 2026, votre commercial nous a écrit : la facture est "
    "annulée.\nJe l'attends toujours.",
    "your colleague wrote, then the words": "Bonjour,\nLe 3 mars votre collègue m'a écrit :\n"
    "« un avoir suivra ».\nNous attendons cet avoir.",
    "you wrote, in the middle": "Hello,\nOn March 3 you wrote:\n\"a credit note follows\".\n"
    "We still wait for it.",
    "a list of dates": "Le 12/10/2026 : 1 000 €\nLe 12/11/2026 : 1 000 €\nsolde à la livraison",
    "object and reference alone": "Objet : facture F-12\nRéf : 4512\n\n"
    "Nous contestons cette facture.",
    "a date header alone": "Date : 12/10/2026\n\nPaiement effectué.",
    "markdown rules": "Trois points :\n----\n1. le prix\n----\n2. le délai",
    "sent from, inside a sentence": "Le virement a été envoyé de mon compte Orange Bank hier.\n"
    "Vous devriez le voir demain.",
    "confidential": "Ce message est confidentiel, merci de ne rien dire au commercial.",
    "signature mark": "D'accord.\n\n--\nAnne Petit\nACME",
    "before printing": "Avant de payer, il nous faut le bon de commande.",
    "indented lines": "Nos lignes :\n    A 12\n    B 14",
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_a_customer_wrote_is_never_cut(text: str) -> None:
    assert visible_text(text) == text


FOOTERS = [
    "Envoyé de mon iPhone",
    "Envoyé depuis mon téléphone Samsung Galaxy",
    "Envoyé à partir de mon smartphone Orange",
    "Envoyé à partir d’Outlook pour Android",
    "Envoyé avec la messagerie sécurisée Proton Mail.",
    "Envoyé depuis l'application Mail Orange",
    "Envoyé de Yahoo Mail pour iPad",
    "Envoyé via Outlook pour iOS",
    "Obtenir Outlook pour iOS<https://aka.ms/o0ukef>",
    "Télécharger Outlook pour Android",
    "Provenance : Courrier pour Windows",
    "Sent from my Galaxy",
    "Sent from Outlook for iOS",
    "Get Outlook for Android",
    "Von meinem iPhone gesendet",
    "Pensez à l'environnement avant d'imprimer ce message.",
    "P Avant d’imprimer, pensez à l’environnement",
    "Please consider the environment before printing this e-mail.",
    "Garanti sans virus. www.avast.com",
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention "
    "exclusive de\nses destinataires. Si vous le recevez par erreur, merci de le détruire et "
    "d'avertir l'expéditeur.",
    "This email and any attachments are confidential and intended solely for the addressee. If "
    "you have\nreceived it in error, please notify the sender and delete it.",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_machine_footers_are_removed(footer: str) -> None:
    assert visible_text(f"{ANSWER}\n\n{footer}\n") == ANSWER


@pytest.mark.parametrize("footer", FOOTERS)
def test_words_after_a_footer_stay(footer: str) -> None:
    assert visible_text(f"Bien reçu.\n\n{footer}\n\nEt payé hier.") == "Bien reçu.\n\nEt payé hier."


def test_inline_answers_are_joined() -> None:
    text = (
        "Le 12/10/2026 à 09:15, ACME a écrit :\n> Avez-vous reçu la facture ?\n\nOui.\n\n"
        "> Quand payez-vous ?\nvendredi\n> Par quel moyen ?\n\nPar virement.\n"
    )
    answers = re.sub(r"\n+", " ", visible_text(text))
    assert answers == "Oui. vendredi Par virement."


def test_answer_under_the_quote_is_kept() -> None:
    text = "Le 12/10/2026 à 09:15, ACME a écrit :\n> Quand payez-vous ?\n> Merci.\n\nLe 15.\nAnne"
    assert visible_text(text) == "Le 15.\nAnne"


def test_server_folded_quote_is_still_a_quote() -> None:
    text = (
        "D'accord.\n\nOn Mon, Oct 12, 2026 at 9:15 AM A <a@acme.test> wrote:\n\n"
        "> As agreed we expect the payment of the invoices listed in the following\n"
        "table before Friday\n> Regards\n"
    )
    assert visible_text(text) == "D'accord."


def test_signature_under_the_quote_goes_with_it() -> None:
    text = "D'accord.\n\nLe 12/10/2026 à 09:15, ACME a écrit :\n> Bonjour\n\n-- \nAnne Petit"
    assert visible_text(text) == "D'accord."


@pytest.mark.parametrize("name", ["gmail", "thunderbird", "orange", "outlook", "zimbra"])
def test_an_answer_without_a_word_is_empty(name: str) -> None:
    assert visible_text(QUOTES[name]) == ""


def test_empty_phone_answer_is_empty() -> None:
    assert visible_text(QUOTES["iphone without quote marks"]) == ""


def test_mail_forwarded_without_a_word_shows_what_it_forwards() -> None:
    assert visible_text(QUOTES["forwarded"]) == "Bonjour,"


def test_external_banner_is_removed() -> None:
    banner = "ATTENTION : ce message provient d'un expéditeur externe, ne cliquez pas."
    assert visible_text(f"{banner}\n\n{ANSWER}") == ANSWER


@given(st.text(max_size=2_000))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(visible_text(text), str)


@given(st.lists(st.from_regex(r"[A-Za-zéàç,' ]{1,60}", fullmatch=True), min_size=1, max_size=12))
def test_plain_sentences_lose_no_word(lines: list[str]) -> None:
    """Without colon, digit or mark, nothing can be a quote header."""
    text = "\n".join("Nous " + line for line in lines)
    assert re.findall(r"\w+", visible_text(text)) == re.findall(r"\w+", text)


@given(
    st.lists(
        st.sampled_from(
            [*"\n\n>-_ :", "Le 12", "a écrit :", "De :", "Objet :", "wrote:", "<a@b.c>"]
        )
    )
)
def test_pieces_of_headers_never_break_it(pieces: list[str]) -> None:
    assert isinstance(visible_text(" ".join(pieces)), str)


def test_long_hostile_lines_are_quick() -> None:
    hostile = (
        "Le " + "a " * 60_000,
        "> " * 60_000,
        "\n".join(["Le 12"] * 20_000),
        "-" * 150_000,
        "De : x\n" * 20_000,
        "On 1 " + "<" * 100_000,
        "Ce message " + "confidentiel " * 9_000,
    )
    start = time.perf_counter()
    for text in hostile:
        assert isinstance(visible_text(text), str)
    assert time.perf_counter() - start < 20
