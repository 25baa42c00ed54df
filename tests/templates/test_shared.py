"""A message about several debtors: one statement each, and what they amount to together."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from relance.adapters.rendering.emails import JinjaNoticeRenderer
from relance.adapters.rendering.letter_view import letter_values
from relance.adapters.rendering.weasyprint_letters import WeasyPrintLetterRenderer
from relance.domain.notice_content import NoticeContent
from relance.domain.policy import Channel
from tests.templates import samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
EMAILS = JinjaNoticeRenderer(TEMPLATES)
LETTERS = WeasyPrintLetterRenderer(TEMPLATES)
EVERY = [(template, language) for language in ("fr", "en") for template in samples.NOTICES]
CODES = ("C0042", "C0043", "C0051")


def both(content: NoticeContent) -> tuple[str, str]:
    mail = EMAILS.email(content)
    return plain_spaces(text_of(mail)), Outline(html_of(mail)).text


def letter_text(content: NoticeContent) -> str:
    pages = pypdf.PdfReader(BytesIO(LETTERS.letter(content).pdf)).pages
    return plain_spaces(" ".join(page.extract_text() for page in pages))


def formal(language: str = "fr") -> NoticeContent:
    return samples.shared_content("formal_notice", language, channel=Channel.REGISTERED_LETTER)


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_every_email_shows_each_account_under_its_name_and_code(
    template: str, language: str
) -> None:
    content = samples.shared_content(template, language)
    customer = {"fr": "Client", "en": "Customer"}[language]
    titles = [
        f"{name} – {customer} {code}"
        for name, code in zip(
            ("Menuiserie Vidal & Fils", "Vidal Grenoble", "Vidal Annecy"), CODES, strict=True
        )
    ]
    for shown in both(content):
        places = [shown.index(title) for title in titles]
        assert places == sorted(places)
        assert f"Groupe Vidal – {customer}s C0042, C0043, C0051" in shown
        assert "C0042 C0043 C0051" in shown


def test_each_account_has_its_own_total_and_all_have_theirs() -> None:
    for shown in both(samples.shared_content("level_1")):
        assert re.search(r"Somme à régler( :)? 6 382,90 €", shown)
        assert re.search(r"Somme à régler( :)? 815,00 €", shown)
        assert re.search(r"Total à échoir( :)? 2 740,80 €", shown)
        assert re.search(r"Total à régler pour vos comptes( :)? 7 197,90 €", shown)
        assert "99,90 USD" in shown
        assert "pour 7 197,90 € + 99,90 USD" in shown
        assert "les 5 factures ci-dessous" in shown
    subject = parsed(EMAILS.email(samples.shared_content("level_1")))["Subject"]
    assert plain_spaces(subject).endswith("(5 factures, 7 197,90 € + 99,90 USD)")


def test_what_is_to_fall_due_at_one_shop_is_not_demanded() -> None:
    for shown in both(samples.shared_content("level_1", "en")):
        assert "9,938" not in shown
        assert "Amount to pay, all accounts" in shown
    for shown in both(samples.shared_content("preventive", "en")):
        assert re.search(r"Falling due, all accounts:? €8,222\.40", shown)
        assert shown.count("F-2026-1051, ") <= 1


def test_the_credits_of_one_account_stay_in_it() -> None:
    """Nothing is netted across debtors: only the first has credits, and only its total shows it."""
    text, _ = both(samples.shared_content("level_1"))
    first, second = text.index("Client C0042 ==="), text.index("Client C0043 ===")
    assert first < text.index("A-2026-0031") < second
    assert text.count("−225,25 €") == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_formal_notice_has_a_table_and_an_annex_per_code(language: str) -> None:
    text = letter_text(formal(language))
    customer = {"fr": "Client", "en": "Customer"}[language]
    for code in ("C0042", "C0043"):
        assert text.count(f"{customer} {code}") == 3
    assert text.count(f"{customer} C0051") == 2
    assert "C0042, C0043, C0051 / " in text
    assert LETTERS.letter(formal(language)).pages <= 6


def test_penalties_are_claimed_code_by_code_and_added_once() -> None:
    content = formal()
    claims = [content.claim, *(one.claim for one in content.companions)]
    values = letter_values(content, legal_representative="Le représentant légal")
    total = values["claim"]
    assert total.total == sum(claim.total for claim in claims if claim)
    assert total.indemnity == sum(claim.indemnity for claim in claims if claim)
    text = letter_text(content)
    for claim in claims:
        assert claim is not None
        shown = f"{claim.total}".replace(".", ",")
        assert f"Pénalités de retard au 20 novembre 2026 {shown} €" in text
    assert "mettons en demeure de nous régler la somme de 8 534,82 € + 99,90 USD" in text
    assert "Total réclamé en principal, tous comptes 8 197,90 €" in text


def test_two_codes_may_have_a_document_of_one_number() -> None:
    text = letter_text(formal())
    assert "F-2026-0871 commande BC-7714" in text
    assert text.count("F-2026-0871") == 4
    assert "4 820,50 €" in text
    assert "1 000,00 €" in text


def test_many_codes_make_a_short_reference() -> None:
    content = samples.shared_content("level_1")
    many = tuple(
        replace(content.companions[0], debtor=replace(samples.DEBTOR, code=f"CLIENT-{n:04}"))
        for n in range(9)
    )
    text, _ = both(replace(content, companions=many))
    assert "Référence à rappeler : C0042 Nous" in text


def test_a_shared_letter_is_the_same_bytes_twice() -> None:
    assert LETTERS.letter(formal()).pdf == LETTERS.letter(formal()).pdf


def test_the_html_is_sound() -> None:
    outline = Outline(html_of(EMAILS.email(samples.shared_content("level_1"))))
    assert all(attrs.get("scope") for tag, attrs in outline.tags if tag == "th")
