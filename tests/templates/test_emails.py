"""E-mails to customers: what they say, in both languages, and the bytes that carry it."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from relance.adapters.rendering.emails import JinjaNoticeRenderer
from relance.domain.creditor import PaymentDetails
from relance.domain.errors import RelanceError
from relance.domain.notice import Recipient
from relance.domain.notice_content import NoticeContent, OutgoingMail
from relance.domain.policy import Level
from relance.domain.statement import Section, SectionKind, Statement
from tests.templates import samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
RENDERER = JinjaNoticeRenderer(TEMPLATES)
EVERY = [(template, language) for language in ("fr", "en") for template in samples.NOTICES]
IBANS = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_every_notice_has_a_subject_a_text_and_an_html_that_say_the_same(
    template: str, language: str
) -> None:
    mail = RENDERER.email(samples.content(template, language))
    message = parsed(mail)
    assert message.get_content_type() == "multipart/alternative"
    assert message["Subject"].strip()
    assert "\n" not in message["Subject"]
    text, seen = plain_spaces(text_of(mail)), Outline(html_of(mail)).text
    shown = samples.upcoming() if template == "preventive" else samples.statement()
    for section in shown.sections:
        for line in section.lines:
            assert line.number in text
            assert line.number in seen
    for said in ("FR76 3000 6000 0112 3456 7890 189", "Célia Martin", "04 78 00 00 12", "C0042"):
        assert said in text
        assert said in seen


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_rehearsal_goes_to_the_test_address_and_says_whom_it_is_for(
    template: str, language: str
) -> None:
    given = samples.content(template, language)
    mail = RENDERER.email(replace(given, rehearsal_to="test@acme.example"))
    assert mail.recipients == ("test@acme.example",)
    (meant,) = [one.email for one in given.notice.recipients]
    assert meant
    assert meant in parsed(mail)["Subject"]
    assert meant not in str(parsed(mail)["To"])
    with pytest.raises(RelanceError, match="redirect-address-missing"):
        RENDERER.email(replace(given, rehearsal_to=""))


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_html_is_sound_and_readable_by_everyone(template: str, language: str) -> None:
    html = html_of(RENDERER.email(samples.content(template, language)))
    outline = Outline(html)
    assert ("html", {"lang": language}) in outline.tags
    assert all(attrs.get("scope") for tag, attrs in outline.tags if tag == "th")
    assert not any(tag in {"img", "link", "script", "style"} for tag, _ in outline.tags)
    assert "http" not in html
    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_no_iban_is_printed_but_the_creditors(template: str, language: str) -> None:
    mail = RENDERER.email(samples.content(template, language))
    for shown in (text_of(mail), Outline(html_of(mail)).text):
        found = {"".join(iban.split()) for iban in IBANS.findall(shown)}
        assert found == {samples.IBAN}


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_mail_is_well_formed_for_any_server(template: str, language: str) -> None:
    raw = RENDERER.email(samples.content(template, language)).raw
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 100
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"Auto-Submitted" not in raw


def test_the_letter_is_the_collectors_and_answers_come_back_to_the_case() -> None:
    mail = RENDERER.email(samples.content("level_1"))
    message = parsed(mail)
    assert message["From"] == "Célia Martin <celia.martin@delorme.example>"
    assert message["To"] == "Mme Aline Roux <compta@vidal.example>"
    assert message["Reply-To"] == f"r.{'0f' * 16}@reponses.delorme.example"
    assert message["Date"] == "Fri, 20 Nov 2026 07:00:05 +0000"
    assert mail.sender == "celia.martin@delorme.example"
    assert mail.recipients == ("compta@vidal.example",)
    assert set(mail.tags) == {"notice", "creditor"}
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", tag) for tag in mail.tags.values())


def test_accented_subjects_keep_their_spaces() -> None:
    message = parsed(RENDERER.email(samples.content("preventive")))
    assert message["Subject"] == "Atelier Delorme : 2 factures arrivent bientôt à échéance"


def test_a_message_bears_the_instant_at_which_it_leaves() -> None:
    given = samples.content("formal_notice")
    later = replace(given, written_at=given.written_at + timedelta(hours=3))
    assert parsed(RENDERER.email(later))["Date"] == "Fri, 20 Nov 2026 10:00:05 +0000"


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from tests.templates import samples;"
        "from tests.templates.test_emails import RENDERER;"
        "raw = RENDERER.email(samples.content('level_2')).raw;"
        "print(hashlib.sha256(raw).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}/layers/core:{root}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(RENDERER.email(samples.content("level_2")).raw).hexdigest()}


def test_email_rendering_does_not_load_the_pdf_stack() -> None:
    script = (
        "import sys, relance.adapters.rendering.emails, relance.adapters.rendering.staff;"
        "print(sorted(m for m in sys.modules if m in ('weasyprint', 'pypdf', 'fontTools')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("template", [n for n in samples.NOTICES if n != "preventive"])
def test_nothing_is_written_when_nothing_is_asked(template: str) -> None:
    with pytest.raises(RelanceError, match="nothing-to-ask"):
        RENDERER.email(samples.content(template, shown=samples.statement(())))


def test_no_preventive_without_something_falling_due() -> None:
    with pytest.raises(RelanceError, match="nothing-to-ask"):
        RENDERER.email(samples.content("preventive", shown=Statement(None, (), {})))


def test_a_section_of_zero_lines_is_nothing_to_ask() -> None:
    empty = Statement(None, (Section(SectionKind.ASKED, ()),), {"EUR": Decimal(0)})
    with pytest.raises(RelanceError, match="nothing-to-ask"):
        RENDERER.email(samples.content("level_1", shown=empty))


def test_an_unknown_template_or_announcement_or_no_recipient_is_said() -> None:
    given = samples.content("level_2")
    unknown = replace(given, notice=replace(given.notice, template="level_9"))
    with pytest.raises(RelanceError, match="template-unknown"):
        RENDERER.email(unknown)
    with pytest.raises(RelanceError, match="announcement-unknown"):
        RENDERER.email(replace(given, announces="prison"))
    with pytest.raises(RelanceError, match="no-recipient"):
        RENDERER.email(replace(given, notice=replace(given.notice, recipients=())))


# ------------------------------------------------------------------ what each one says


def said(template: str, language: str = "fr", given: NoticeContent | None = None) -> str:
    return plain_spaces(text_of(RENDERER.email(given or samples.content(template, language))))


def test_preventive_asks_for_a_promise_and_for_what_is_missing() -> None:
    text = said("preventive")
    assert "à quelle date, et par quel moyen, vous les réglerez" in text
    assert "numéro de commande pour F-2026-1051." in text
    assert "Total à échoir : 2 740,80 €" in text
    assert "F-2026-1099" in text.partition("PAS ENCORE ÉCHU")[2]
    assert "retard" not in text


def test_preventive_of_one_invoice_speaks_of_one_and_of_its_missing_date() -> None:
    one = (samples.line("F-9", "120.00", due=None),)
    shown = samples.statement((), (Section(SectionKind.NOT_DUE, one),))
    text = said("preventive", given=samples.content("preventive", shown=shown))
    assert "ne porte pas de date d’échéance dans nos comptes" in text
    assert "que vous l’avez bien reçue" in text
    assert "Aucune date d’échéance n’est enregistrée chez nous pour F-9" in text


def test_level_1_asks_for_the_cause() -> None:
    text = said("level_1")
    assert "Nous cherchons à comprendre ce qui retarde ce règlement" in text
    for cause in ("oubli", "validation", "ne vous est pas parvenue", "trésorerie", "pas d’accord"):
        assert cause in text
    assert "Si votre règlement est parti entre-temps" in text


def test_level_2_is_signed_by_the_collection_service_for_a_manager() -> None:
    text = said("level_2")
    assert "À l’attention de M. Paul Vidal" in text
    assert "au plus tard le 5 décembre 2026" in text
    assert "Le service recouvrement Célia Martin" in text
    assert "annoncé un règlement pour le 30 octobre 2026" in text
    assert "l’étape suivante sera une mise en demeure" in text
    assert "articles L441-10 et D441-5" in text


def test_without_a_date_or_days_level_2_asks_without_delay() -> None:
    given = samples.content("level_2")
    bare = replace(
        given, notice=replace(given.notice, deadline=None), grants_days=None, announces=None
    )
    assert "faire régler cette somme sans délai" in said("level_2", given=bare)
    assert "sous 8 jours" in said("level_2", given=replace(bare, grants_days=8))
    assert "mise en demeure" not in said("level_2", given=bare)


COPIES = [
    ("level_2", "fr", "la copie de la lettre recommandée avec avis de réception que nous vous"),
    ("level_2", "en", "the copy of the letter we are sending you today by registered post"),
    ("formal_notice", "fr", "Ce message vous en donne copie, jointe en PDF"),
    ("formal_notice", "en", "This message is its copy, attached as a PDF"),
]


@pytest.mark.parametrize(("template", "language", "words"), COPIES)
def test_the_copy_of_a_letter_says_so_and_carries_its_very_bytes(
    template: str, language: str, words: str
) -> None:
    mail = RENDERER.email(samples.copy_content(template, language))
    assert words in plain_spaces(text_of(mail))
    assert words in plain_spaces(Outline(html_of(mail)).text)
    (letter,) = parsed(mail).iter_attachments()
    assert letter.get_content_type() == "application/pdf"
    assert letter.get_content() == b"%PDF-1.7 the letter"
    name = "lettre-recommandee" if language == "fr" else "registered-letter"
    assert letter.get_filename() == f"{name}-2026-11-20.pdf"


@pytest.mark.parametrize(("template", "language", "words"), COPIES)
def test_a_reminder_that_is_no_copy_does_not_say_that_it_is(
    template: str, language: str, words: str
) -> None:
    given = samples.content(template, language)
    assert words not in said(template, given=given)
    assert not list(parsed(RENDERER.email(given)).iter_attachments())


@pytest.mark.parametrize("template", samples.LETTERS)
def test_a_letter_too_heavy_for_an_email_is_not_said_to_be_attached(template: str) -> None:
    given = samples.copy_content(template, pdf=None)
    assert "PDF" not in said(template, given=given)
    assert not list(parsed(RENDERER.email(given)).iter_attachments())


def test_the_copy_of_a_letter_known_to_have_left_another_day_names_that_day() -> None:
    for template, words in (
        ("level_2", "que nous vous avons adressée le 20 novembre 2026"),
        ("formal_notice", "Nous vous avons adressé le 20 novembre 2026, par lettre"),
    ):
        given = samples.copy_content(template)
        later = replace(given, written_on=given.written_on + timedelta(days=1))
        assert words in said(template, given=later)


def test_penalties_are_mentioned_only_when_the_step_says_so() -> None:
    assert "L441-10" not in said("level_1")
    assert "6 603,83" not in said("level_2")


def test_the_account_is_shown_in_its_sections_with_what_each_line_holds() -> None:
    text = said("level_1")
    parts = [
        "Situation de votre compte au 19 novembre 2026.",
        "À RÉGLER",
        "(51 jours de retard) : 4 820,50 €",
        "1 250,00 € (solde sur 2 500,00 €)",
        "312,40 € (sur un solde de 812,40 €)",
        "Somme à régler : 6 382,90 €",
        "RÈGLEMENT ANNONCÉ",
        "annoncé pour le 27/11/2026 : 980,00 €",
        "CONTESTÉ",
        "PAS ENCORE ÉCHU",
        "AVOIRS ET RÈGLEMENTS À RAPPROCHER",
        "Avoir A-2026-0031",
        "Total : −225,25 €",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)


def test_credits_not_yet_deducted_from_the_lines_are_deducted_before_the_sum() -> None:
    shown = replace(samples.statement(), asked={"EUR": Decimal("6157.65")})
    text = said("level_1", given=samples.content("level_1", shown=shown))
    assert "Avoirs et règlements déduits : −225,25 € Somme à régler : 6 157,65 €" in text


def test_currencies_are_never_added_up() -> None:
    given = samples.content("level_1", "en", shown=samples.dollars_too())
    assert "Amount to pay: €6,382.90 + USD 1,999.99" in said("level_1", given=given)
    assert (
        "Amount to pay €6,382.90 Amount to pay USD 1,999.99"
        in Outline(html_of(RENDERER.email(given))).text
    )


def test_bank_details_come_from_confirmed_details_and_warn() -> None:
    other = PaymentDetails("Factor SA", "DE89370400440532013000", None, "d.example", "r.example")
    text = said("level_1", given=replace(samples.content("level_1"), payment=other))
    assert "Factor SA" in text
    assert "DE89 3704 0044 0532 0130 00" in text
    assert "FR76" not in text
    assert "Nous ne changeons jamais nos coordonnées bancaires par e-mail" in text


def test_a_language_we_do_not_write_gets_english() -> None:
    given = samples.content("level_1")
    german = replace(given, notice=replace(given.notice, language="de"))
    assert "Unless we are mistaken" in said("level_1", given=german)


# ------------------------------------------------------------------ what names may hold


@pytest.mark.parametrize(
    "name",
    [
        "Roux, Aline",
        'Aline "la compta" Roux',
        "Aline\r\nBcc: victim@example.org",
        "compta@vidal.example",
        "É" * 200,
        "",
        "<script>alert(1)</script>",
        "Name\u2028with\x00odd\u202econtrols",
    ],
)
def test_names_cannot_forge_a_header_nor_markup(name: str) -> None:
    given = samples.content("level_2")
    notice = replace(
        given.notice,
        recipients=(Recipient("x", name, "compta@vidal.example"),),
        level=Level.LEVEL_2,
    )
    collector = replace(given.collector, name=name)
    debtor = replace(given.debtor, name=name or "Vidal")
    mail = RENDERER.email(replace(given, notice=notice, collector=collector, debtor=debtor))
    message = parsed(mail)
    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["compta@vidal.example"]
    assert [a.addr_spec for a in message["From"].addresses] == ["celia.martin@delorme.example"]
    shown = sender_name(mail)
    assert len(shown) <= 75
    assert not set(shown) & set('@:,"')
    assert "<script" not in html_of(mail)


def sender_name(mail: OutgoingMail) -> str:
    """As RFC 2047 reads it: nothing between adjacent encoded words."""
    raw = str(message_from_bytes(mail.raw)["From"]).rpartition("<")[0]
    return str(make_header(decode_header(raw.strip().strip('"'))))


def test_a_subject_stays_one_line() -> None:
    given = samples.content("level_1")
    identity = replace(
        given.identity, name="Atelier\r\nBcc: x@example.org\r\n\r\nDelorme" + "é" * 300
    )
    message = parsed(RENDERER.email(replace(given, identity=identity)))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Atelier Bcc: x@example.org Delorme")
    assert len(message["Subject"]) <= 150


@pytest.mark.parametrize(
    "address", ["a@b", "a b@c.example", "é@c.example", "a@c.example\r\nBcc: x"]
)
def test_an_address_that_no_header_can_hold_is_refused(address: str) -> None:
    given = samples.content("level_1")
    notice = replace(given.notice, recipients=(Recipient("x", "X", address),))
    with pytest.raises(RelanceError, match="mail-address-refused"):
        RENDERER.email(replace(given, notice=notice))


def test_a_collector_with_an_odd_address_writes_as_the_service() -> None:
    given = samples.content("level_1")
    collector = replace(given.collector, email="Célia <x>")
    mail = RENDERER.email(replace(given, collector=collector))
    assert mail.sender == "recouvrement@delorme.example"


def test_long_accounts_and_names_are_shown_whole() -> None:
    given = samples.content("level_1", shown=samples.long_statement())
    mail = RENDERER.email(given)
    assert Outline(html_of(mail)).text.count("chantier de la gare") == 40
    assert "60 factures" in parsed(mail)["Subject"]
    long = RENDERER.email(samples.with_long_names(samples.content("level_2")))
    assert "0000000000871-B" in Outline(html_of(long)).text
