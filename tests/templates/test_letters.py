"""Letters: what they claim, where the address is, and bytes that can be proved."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
import pytest
from weasyprint import HTML  # type: ignore[import-untyped]

from relance.adapters.rendering import letter_view as place
from relance.adapters.rendering.formats import grouped_iban
from relance.adapters.rendering.letter_view import window_lines
from relance.adapters.rendering.weasyprint_letters import NOWHERE, WeasyPrintLetterRenderer
from relance.application.ports import LetterNotRendered
from relance.domain.notice_content import NoticeContent, PastStep
from relance.domain.penalties import PenaltyClaim
from relance.domain.policy import Channel, Level
from relance.domain.postal_address import PostalAddress
from tests.templates import samples
from tests.templates.reading import plain_spaces

pytestmark = pytest.mark.pdf

ROOT = Path(__file__).parents[2]
RENDERER = WeasyPrintLetterRenderer(ROOT / "templates")
EVERY = [(template, language) for language in ("fr", "en") for template in samples.LETTERS]
_POINT_MM = 25.4 / 72
_PIXEL_MM = 25.4 / 96
Piece = tuple[str, float, float]
"""Text, and where its baseline starts, in millimetres from the top left corner."""


def pages_of(content: NoticeContent) -> list[Any]:
    return list(pypdf.PdfReader(BytesIO(RENDERER.letter(content).pdf)).pages)


def text_of(content: NoticeContent) -> str:
    return plain_spaces(" ".join(page.extract_text() for page in pages_of(content)))


def pieces(page: Any) -> list[Piece]:
    found: list[Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x * _POINT_MM, place.PAGE_HEIGHT_MM - y * _POINT_MM))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_the_address_alone_is_in_the_window(template: str, language: str) -> None:
    content = samples.letter_content(template, language)
    attention = {"fr": "Le représentant légal", "en": "The legal representative"}[language]
    lines = window_lines(content, attention if template == "formal_notice" else "M. Paul Vidal")
    cleared = [
        piece
        for piece in pieces(pages_of(content)[0])
        if piece[1] >= place.CLEAR_LEFT_MM
        and place.CLEAR_TOP_MM <= piece[2] <= place.CLEAR_BOTTOM_MM
    ]
    shown = plain_spaces(" ".join(text for text, _, _ in cleared))
    assert shown == plain_spaces(" ".join(lines))
    for _, x, y in cleared:
        assert place.WINDOW_LEFT_MM < x < place.WINDOW_LEFT_MM + 5
        assert place.WINDOW_TOP_MM + 3 < y < place.WINDOW_TOP_MM + place.WINDOW_HEIGHT_MM - 1


def test_nothing_on_the_left_reaches_into_the_window() -> None:
    boxes = text_boxes(samples.letter_content("formal_notice", "en"))
    left = [b for b in boxes if b.left < place.CLEAR_LEFT_MM and b.top < place.CLEAR_BOTTOM_MM]
    assert len(left) >= 5
    assert max(box.right for box in left) <= place.CLEAR_LEFT_MM


def test_the_widest_address_still_fits() -> None:
    content = samples.letter_content("level_2")
    address = PostalAddress(("W" * 38, "BATIMENT M", "WWWW MMMM WWWW", "59650 VILLENEUVE D ASCQ"))
    debtor = replace(content.debtor, name="M" * 38, address=address)
    boxes = text_boxes(replace(content, debtor=debtor))
    inside = [
        box
        for box in boxes
        if box.left >= place.CLEAR_LEFT_MM
        and place.CLEAR_TOP_MM <= box.top <= place.CLEAR_BOTTOM_MM
    ]
    assert len(inside) == 6
    assert max(b.right for b in inside) <= place.WINDOW_LEFT_MM + place.WINDOW_WIDTH_MM
    assert max(b.bottom for b in inside) <= place.WINDOW_TOP_MM + place.WINDOW_HEIGHT_MM


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def text_boxes(content: NoticeContent) -> list[Box]:
    """Each run of text of the first page, in millimetres, as WeasyPrint lays it out."""
    html = HTML(
        string=RENDERER._html(content, RENDERER._values(content)),
        base_url=NOWHERE,
        url_fetcher=RENDERER._fetcher,
    )
    document = html.render(
        stylesheets=[RENDERER._font_faces], font_config=RENDERER._font_configuration
    )
    found: list[Box] = []

    def walk(box: Any) -> None:
        if getattr(box, "text", "").strip():
            edges = (box.position_x, box.position_y, box.width, box.height)
            left, top, width, height = (edge * _PIXEL_MM for edge in edges)
            found.append(Box(left, top, left + width, top + height))
        for child in getattr(box, "children", ()):
            walk(child)

    walk(document.pages[0]._page_box)
    return found


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_pages_are_a4_counted_numbered_and_carry_their_fonts(template: str, language: str) -> None:
    content = samples.letter_content(template, language)
    letter = RENDERER.letter(content)
    pages = pages_of(content)
    assert letter.pages == len(pages)
    for number, page in enumerate(pages, start=1):
        width, height = (float(side) * _POINT_MM for side in page.mediabox[2:])
        assert (round(width), round(height)) == (place.PAGE_WIDTH_MM, place.PAGE_HEIGHT_MM)
        assert f"{number} / {len(pages)}" in plain_spaces(page.extract_text())
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "Inter" in described["/FontName"]
            assert "/FontFile3" in described
    assert len(letter.pdf) < 100_000


def test_two_processes_give_the_same_bytes() -> None:
    script = (
        "import hashlib; from tests.templates import samples;"
        "from tests.templates.test_letters import RENDERER;"
        "RENDERER.letter(samples.letter_content('level_2', 'en')) if {first} else None;"
        "pdf = RENDERER.letter(samples.letter_content('formal_notice')).pdf;"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script.format(first=first)],
            cwd=ROOT,
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": f"{ROOT}/layers/core:{ROOT}",
                "SOURCE_DATE_EPOCH": epoch,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, epoch, first in (("1", "0", False), ("2", "1700000000", True))
    }
    here = RENDERER.letter(samples.letter_content("formal_notice")).pdf
    assert digests == {hashlib.sha256(here).hexdigest()}


# ------------------------------------------------------------------ what they say


def test_the_formal_notice_has_all_that_it_needs() -> None:
    text = text_of(samples.letter_content("formal_notice"))
    parts = [
        "Lettre recommandée avec avis de réception",
        "Lyon, le 20 novembre 2026",
        "Objet : MISE EN DEMEURE DE PAYER",
        "Votre société, Menuiserie Vidal & Fils (SIREN 732 829 320)",
        "F-2026-0871",
        "31/08/2026 30/09/2026 51 j 4 820,50 €",
        "Total réclamé en principal 6 382,90 €",
        "5 octobre 2026 : e-mail (premier niveau de relance)",
        "22 octobre 2026 : lettre recommandée",
        "appel téléphonique resté sans réponse",
        "annoncé un règlement pour le 30 octobre 2026 ; il ne nous est pas parvenu",
        "Pénalités de retard arrêtées au 20 novembre 2026",
        "puis 2,17 € par jour",
        "Indemnité forfaitaire : 40,00 € × 3 120,00 €",
        "mettons en demeure de nous régler la somme de 6 603,83 € au plus tard le 5 décembre 2026",
        "vous disposez de 8 jours à compter de cette présentation",
        "article 1344-1 du Code civil",
        "nous transmettrons votre dossier à notre service contentieux",
        "FR76 3000 6000 0112 3456 7890 189",
        "Célia Martin Le service recouvrement pour Atelier Delorme",
        "Annexe : calcul des pénalités de retard",
        "12,40 %",
        "pièces qui ne sont pas réclamées par cette lettre",
        "F-2026-0920",
    ]
    positions = [text.find(part) for part in parts]
    assert -1 not in positions, [p for p, at in zip(parts, positions, strict=True) if at < 0]
    legal = "SAS au capital de 120 000 € – 14 rue des Tanneurs, 69005 Lyon – SIREN 552 100 554"
    assert legal in text
    assert "RCS Lyon" in text


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_rehearsed_letter_is_marked_on_every_page_and_a_real_one_on_none(
    template: str, language: str
) -> None:
    real = samples.letter_content(template, language)
    assert "SPECIMEN" not in text_of(real)
    marked = [
        "SPECIMEN" in page.extract_text()
        for page in pages_of(replace(real, rehearsal_to="test@acme.example"))
    ]
    assert all(marked)


def test_the_level_2_letter_is_no_formal_notice() -> None:
    text = text_of(samples.letter_content("level_2"))
    assert "Objet : retard de paiement, 6 382,90 € à régler" in text
    assert "mettons en demeure" not in text
    assert "1344-1" not in text
    assert "au plus tard le 5 décembre 2026" in text


def test_an_ordinary_letter_does_not_say_registered() -> None:
    content = samples.letter_content("level_2")
    ordinary = replace(content, notice=replace(content.notice, channel=Channel.LETTER))
    assert "Lettre recommandée" not in text_of(ordinary)


def test_steps_that_never_reached_the_customer_are_not_recalled() -> None:
    content = samples.letter_content("formal_notice")
    vain = PastStep(samples.TODAY, Channel.CALL, Level.LEVEL_2, "not-made")
    assert "20 novembre 2026 : appel" not in text_of(
        replace(content, history=(*content.history, vain))
    )


def test_a_claim_without_detail_still_prints_its_sums() -> None:
    content = samples.letter_content("formal_notice")
    given = content.claim
    assert given is not None
    plain = PenaltyClaim(
        given.until, given.total, given.per_day, given.indemnity_each, given.indemnity_count
    )
    text = text_of(replace(content, claim=plain))
    assert "6 603,83 €" in text
    assert "Annexe" not in text
    assert "6 382,90 €" in text_of(replace(content, claim=None))


def test_euros_of_penalties_are_not_added_to_dollars() -> None:
    text = text_of(samples.letter_content("formal_notice", shown=samples.dollars_too()))
    assert "la somme de 6 603,83 € + 1 999,99 USD" in text


def test_a_long_account_repeats_its_header_on_each_page() -> None:
    content = samples.letter_content("formal_notice", shown=samples.long_statement())
    pages = [plain_spaces(page.extract_text()) for page in pages_of(content)]
    with_items = [page for page in pages if "F-2026-00" in page]
    assert len(with_items) >= 4
    assert all("Facture" in page for page in with_items)
    assert all(f"F-2026-{n:04}" in " ".join(pages) for n in range(1, 61))


# ------------------------------------------------------------------ when it cannot be made


def test_what_a_provider_would_refuse_is_not_rendered() -> None:
    content = samples.letter_content("level_2")
    cases = {
        "address-missing": replace(content.debtor, address=None),
        "address-line-too-long": replace(content.debtor, name="A" * 39),
        "address-without-postcode": replace(
            content.debtor, address=PostalAddress(("1 rue X", "Vienne"))
        ),
    }
    for code, debtor in cases.items():
        with pytest.raises(LetterNotRendered, match=code):
            RENDERER.letter(replace(content, debtor=debtor))


def test_the_attention_line_gives_way_and_a_country_is_added_abroad() -> None:
    content = samples.letter_content("level_2")
    assert window_lines(content, "A" * 39) == window_lines(content, "")
    address = PostalAddress(("Rue de la Loi 1", "1000 Bruxelles"), country="BE")
    abroad = replace(content, debtor=replace(content.debtor, address=address))
    assert window_lines(abroad, "")[-2:] == ("1000 BRUXELLES", "BELGIQUE")


def test_nothing_asked_or_no_deadline_is_said() -> None:
    content = samples.letter_content("formal_notice")
    without = replace(content, notice=replace(content.notice, deadline=None))
    with pytest.raises(LetterNotRendered, match="deadline-missing"):
        RENDERER.letter(without)
    with pytest.raises(LetterNotRendered, match="nothing-to-ask"):
        RENDERER.letter(samples.letter_content("level_2", shown=samples.statement(())))


@pytest.mark.parametrize("url", ["http://example.org/x.png", "file:///etc/passwd", "x.png"])
def test_nothing_is_fetched_and_a_missing_asset_stops_the_letter(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = f'<html><body><img src="{url}" alt=""></body></html>'
    renderer = WeasyPrintLetterRenderer(ROOT / "templates")
    monkeypatch.setattr(renderer, "_html", lambda *_: html)
    with pytest.raises(LetterNotRendered, match="letter-asset-missing"):
        renderer.letter(samples.letter_content("level_2"))


def test_names_cannot_bring_markup_or_assets_into_a_letter() -> None:
    content = samples.letter_content("level_2")
    name = '<img src="http://x.example/">'
    evil = replace(content, debtor=replace(content.debtor, name=name))
    assert name in text_of(evil)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("template", [t for t in samples.NOTICES if t not in samples.LETTERS])
def test_a_notice_without_a_letter_of_its_own_goes_by_post_in_the_words_of_its_email(
    template: str, language: str
) -> None:
    given = samples.content(template, language, channel=Channel.LETTER)
    letter = RENDERER.letter(given)
    assert letter.pages <= 2
    text = plain_spaces(
        " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(letter.pdf)).pages)
    )
    assert {"fr": "Objet", "en": "Subject"}[language] in text
    assert plain_spaces(grouped_iban(samples.PAYMENT.iban)) in text
    for line in given.statement.sections[0].lines:
        assert line.number in text
    assert "reply to this message" not in text
    assert "répondant à ce message" not in text


def test_a_notice_nobody_wrote_is_not_a_letter() -> None:
    given = samples.letter_content("level_2")
    unknown = replace(given, notice=replace(given.notice, template="nobody_wrote_it"))
    with pytest.raises(LetterNotRendered, match="template-unknown"):
        RENDERER.letter(unknown)
