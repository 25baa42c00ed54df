"""Messages about agreements: what they say, in both languages, and what they carry."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from relance.adapters.rendering.emails import JinjaNoticeRenderer
from relance.adapters.rendering.weasyprint_letters import WeasyPrintLetterRenderer
from relance.domain.calling import EFFECTS, CallOutcome
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.holds import ArrangementKind, Resolution
from relance.domain.notice_content import NoticeContent
from relance.domain.policy import Channel
from tests.templates import samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
EMAILS = JinjaNoticeRenderer(TEMPLATES)
LETTERS = WeasyPrintLetterRenderer(TEMPLATES)
EVERY = [(template, language) for language in ("fr", "en") for template in samples.TOLD]


def said(content: NoticeContent) -> str:
    return plain_spaces(text_of(EMAILS.email(content)))


def test_every_message_of_ours_has_its_sample() -> None:
    assert set(samples.TOLD) == set(OWN_STEPS)


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_text_and_the_html_say_the_same(template: str, language: str) -> None:
    content = samples.told_content(template, language)
    mail = EMAILS.email(content)
    text, html = plain_spaces(text_of(mail)), html_of(mail)
    outline = Outline(html)
    assert ("html", {"lang": language}) in outline.tags
    assert all(attrs.get("scope") for tag, attrs in outline.tags if tag == "th")
    assert parsed(mail)["Subject"].startswith("Atelier Delorme")
    assert content.told is not None
    for shown in (text, plain_spaces(outline.text)):
        for line in content.told.lines:
            assert line.number in shown
        for wanted in ("FR76 3000 6000 0112 3456 7890 189", "Célia Martin", "C0042"):
            assert wanted in shown
        assert "None" not in shown
        assert not re.search(r"[{}]", shown)
    assert b"Auto-Submitted" not in mail.raw


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_recap_asks_for_a_signature_only_above_the_threshold(language: str) -> None:
    for to_sign in (True, False):
        text = said(samples.told_content("promise_recap", language, to_sign=to_sign))
        assert ("Bon pour accord" in text) is to_sign


def test_the_recap_of_a_promise_says_what_was_agreed() -> None:
    text = said(samples.told_content("promise_recap"))
    assert (
        "Comme convenu avec Mme Aline Roux, vous nous réglerez 6 070,50 € au plus tard le "
        "30 novembre 2026, par virement." in text
    )
    alone = said(samples.told_content("promise_recap", person=None, means=None))
    assert "Comme convenu, vous nous réglerez 6 070,50 € au plus tard le 30 novembre 2026." in alone


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("resolution", list(Resolution))
def test_each_resolution_of_a_dispute_is_said_in_its_own_words(
    resolution: Resolution, language: str
) -> None:
    texts = {
        one: said(samples.told_content("dispute_resolved", language, resolution=str(one)))
        for one in Resolution
    }
    assert len(set(texts.values())) == len(Resolution)
    wanted = {"fr": "bien due", "en": "show, in our view, that this amount is owed"}[language]
    assert (wanted in texts[resolution]) is (resolution is Resolution.REJECTED)


def test_the_proofs_of_a_rejection_are_attached() -> None:
    message = parsed(EMAILS.email(samples.told_content("dispute_resolved")))
    (proof,) = message.iter_attachments()
    assert (proof.get_filename(), proof.get_content()) == ("BL-0903.pdf", b"%PDF-1.7 proof")
    assert "Pièce jointe : BL-0903.pdf." in said(samples.told_content("dispute_resolved"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_arrangement_has_its_words(language: str) -> None:
    texts = {
        said(samples.told_content("arrangement_recap", language, what=str(kind)))
        for kind in ArrangementKind
    }
    assert len(texts) == len(ArrangementKind)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_outcome_that_is_confirmed_has_its_words(language: str) -> None:
    confirmed = [one for one in CallOutcome if EFFECTS[one].reaches]
    confirmed = [one for one in confirmed if one not in {CallOutcome.PROMISE, CallOutcome.DISPUTE}]
    texts = {said(samples.told_content("call_recap", language, what=str(w))) for w in confirmed}
    assert len(texts) == len(confirmed)
    alone = said(samples.told_content("call_recap", language, person="Mme Roux"))
    assert "Mme Roux" in alone


def test_the_agreement_to_sign_is_attached_to_its_message() -> None:
    message = parsed(EMAILS.email(samples.told_content("plan_agreement")))
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "accord-echeancier-2026-11-20.pdf"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reminder_of_an_instalment_says_what_misses_and_until_when(language: str) -> None:
    text = said(samples.told_content("plan_default", language))
    amount, day = {
        "fr": ("Il manque 1 523,50 €", "au plus tard le 28 novembre 2026"),
        "en": ("€1,523.50 is missing", "by 28 November 2026"),
    }[language]
    assert amount in text
    assert day in text


AGREEMENT = {
    "fr": (
        "6 070,50 € (six-mille-soixante-dix euros et cinquante centimes)",
        "Déchéance du terme",
        "n’emporte pas novation",
        "Bon pour accord",
        "15 février 2027",
        "au plus tard le 28 novembre 2026",
    ),
    "en": (
        "€6,070.50 (six thousand and seventy euros and fifty cents)",
        "Acceleration",
        "sans novation",
        "Bon pour accord",
        "15 February 2027",
        "by 28 November 2026",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_agreement_to_sign_has_its_clauses_its_dates_and_its_sum_in_words(
    language: str,
) -> None:
    content = samples.told_content("plan_agreement", language, channel=Channel.LETTER)
    letter = LETTERS.letter(content)
    pages = PdfReader(BytesIO(letter.pdf)).pages
    text = plain_spaces(" ".join(page.extract_text() for page in pages))
    text = " ".join(text.split())
    for wanted in AGREEMENT[language]:
        assert wanted in text
    assert letter.pdf == LETTERS.letter(content).pdf
    assert letter.pages <= 2
