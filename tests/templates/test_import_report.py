"""The page and the mail about a drop: what they say, and what no file can make of them."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.messages.config_messages import mistake_in
from relance.adapters.messages.import_messages import import_sentence
from relance.adapters.rendering.report_page import JinjaReportRenderer
from relance.adapters.rendering.report_view import MAIL_LINES, PAGE_LINES, inert, report_view
from relance.adapters.rendering.report_words import ReportWords
from relance.adapters.rendering.staff import JinjaStaffRenderer
from relance.application.importing.next_steps import ANSWERS, asked
from relance.application.importing.report import ImportReport, RefusedLine, ReportedItem
from relance.application.importing.report_json import encode_report
from relance.domain.aged_balance import STANDARD_BUCKETS
from relance.domain.balance_reading import Difference
from relance.domain.notice_content import OutgoingMail
from relance.domain.open_item import Settlement
from relance.domain.reconciliation.changes import ChangeKind
from tests.templates import reports, samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES, MAILS = JinjaReportRenderer(TEMPLATES), JinjaStaffRenderer(TEMPLATES)
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
EACH = pytest.mark.parametrize("situation", sorted(reports.SITUATIONS))
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "{{ 7 * 7 }}",
    "?",
    ": !",
    "=HYPERLINK(1)",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "\t=1",
    "a\r\n# titre\n- point",
    "\u202emoc.live",
    "x" * 5000,
)


def page(report: ImportReport, language: str = "fr") -> str:
    profile = replace(samples.PROFILE, language=language)
    return PAGES.page(profile=profile, values=reports.values(report)).decode()


def mail(report: ImportReport, language: str = "fr") -> OutgoingMail:
    return MAILS.message(
        "import_report",
        profile=replace(samples.PROFILE, language=language),
        sender_domain="delorme.example",
        to="compta@delorme.example",
        context=reports.values(report),
    )


def tags(html: str) -> list[str]:
    return [name for name, _ in Outline(html).tags]


# ---------------------------------------------------------------- what they are made of


@BOTH
@EACH
def test_a_page_stands_alone_and_runs_nothing(situation: str, language: str) -> None:
    outline = Outline(page(reports.SITUATIONS[situation](), language))
    names = {name for name, _ in outline.tags}
    attributes = {key for _, found in outline.tags for key in found}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "a", "base"}
    assert not attributes & {"src", "href", "style", "srcset", "action", "background"}
    assert not [key for key in attributes if key.startswith("on")]
    assert "{{" not in outline.text
    assert "None" not in outline.text


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    html = page(reports.applied())
    policy = next(f["content"] for n, f in Outline(html).tags if n == "meta" and "http-equiv" in f)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@BOTH
@EACH
def test_a_page_can_be_read_aloud(situation: str, language: str) -> None:
    outline = Outline(page(reports.SITUATIONS[situation](), language))
    assert dict(outline.tags)["html"] == {"lang": language}
    assert [name for name, _ in outline.tags].count("h1") == 1
    assert all(found.get("scope") for name, found in outline.tags if name == "th")
    assert all(found["aria-hidden"] == "true" for name, found in outline.tags if name == "svg")
    labels = {found.get("aria-labelledby") for name, found in outline.tags if name == "section"}
    ids = [str(found["id"]) for _, found in outline.tags if "id" in found]
    assert labels <= set(ids)
    assert len(ids) == len(set(ids))


@BOTH
@EACH
def test_a_mail_has_its_chart_drawn_by_every_program(situation: str, language: str) -> None:
    message = mail(reports.SITUATIONS[situation](), language)
    html = html_of(message)
    assert not {"svg", "img", "script"} & set(tags(html))
    assert "url(" not in html
    text = text_of(message)
    assert "None" not in text
    assert re.search(r"reports/delorme/2026-11-20/.*\.html", text)


def test_the_bars_of_a_mail_are_cells_of_the_width_of_their_sums() -> None:
    cells = [f for name, f in Outline(html_of(mail(reports.applied()))).tags if name == "td"]
    bars = [f["width"] for f in cells if f.get("bgcolor")]
    assert bars == ["100%", "15%", "13%", "6%", "34%", "100%"]


# ---------------------------------------------------------------- what they say


def test_a_page_says_what_came_changed_was_settled_or_refused() -> None:
    text = Outline(page(reports.applied())).text
    for said in (
        "Total des pièces lues 64 414,60 € + 3 300,00 £",
        "Total imprimé dans le fichier 65 000,00 € Écart : 585,40 €",
        "Soldé ou réglé depuis la balance précédente 8 400,00 €",
        "27 solde 12O,00 montant illisible",
        "Boulangerie Marchetti F-2026-0816 18/11/2026 742,00 €",
        "Total du fichier 40 65 000,00 € 64 414,60 € 585,40 €",
        "Total d’un client : Boulangerie Marchetti",
        "Balance âgée au 20 novembre 2026",
        "Plus de 90 jours 2 13 330,75 € 20 %",
        "dont échu 26 500,75 € 41 %",
        "0-30 4 457,50 €",
        "Menuiserie Vidal & Fils C0000 2 51 jours 6 382,90 €",
        "Transports Caillaud C0001 12 400,00 € 18 880,00 € 6 480,00 €",
        "Soldé, cause inconnue (règlement, avoir ou écriture) 1 2 400,00 €",
        "(traite, prélèvement, chèque) 1 1 980,00 €",
        "Réglées en partie (1) −6 000,00 €",
        "Échéance déplacée (1)",
        "échéance du 18/10/2026 portée au 10/12/2026",
        "21 lignes = 15 pièces + 2 refusées + 0 déjà soldées + 4 titres",
        "Les pièces absentes sont tenues pour soldées, cause inconnue.",
        "Les relances sont décidées au prochain passage",
    ):
        assert said in text, said


def test_a_mail_begins_with_the_figures_and_ends_with_where_the_rest_is() -> None:
    text = plain_spaces(text_of(mail(reports.applied())))
    parts = [
        "Votre fichier balance <nov>.xlsx a été examiné (balance). Résultat : pris en compte.",
        "# En bref - Total des pièces lues : 64 414,60 € + 3 300,00 £",
        "Écart entre les deux : 585,40 €",
        "nouvelles pièces : 2",
        "# Balance âgée au 20 novembre 2026 (EUR) - Non échu : 38 655,85 €",
        "# Ce qui vous est demandé Corrigez les lignes refusées",
        "ligne 27 : montant illisible [solde : 12O,00]",
        "# Ce qui a changé",
        "Clinique Saint-Roch, F-2026-0813 : partiellement réglée, 9 120,00 € → 3 120,00 €",
        "Rapport complet : reports/delorme/2026-11-20/2.html",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    assert "soldées : 0" not in text


def test_a_doubtful_balance_comes_with_both_commands_first() -> None:
    report = reports.SITUATIONS["suspicious"]()
    for text in (plain_spaces(text_of(mail(report))), Outline(page(report)).text):
        order = ["Plus de 40 %", "relance confirm-import delorme 'delorme/balance <nov>.xlsx'"]
        order += ["--refuse --reason", "En bref", "Ce que cette balance changerait"]
        assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
        assert "Aucune relance ne part" in text


def test_a_question_shows_the_table_and_what_to_write() -> None:
    html = page(reports.asked(), "en")
    text = Outline(html).text
    assert "An answer is needed" in text
    assert "4 (D) Échéance due date" in text
    assert "C0001 Transports Caillaud F-2026-0803 02/03/2026" in text
    assert "<pre>balance:\n  date_order: day-first  # month-first</pre>" in html
    assert "  date_order: day-first" in text_of(mail(reports.asked(), "en"))
    assert "4 (D) Échéance: due date (92 %)" in plain_spaces(text_of(mail(reports.asked(), "en")))


def test_totals_by_customer_ask_for_the_detail() -> None:
    text = Outline(page(reports.summary())).text
    assert "(12 lignes, 78000 EUR)" in text
    assert "Exportez la balance par pièce" in text
    assert "Balance âgée telle que le fichier l’imprime (EUR)" in text
    assert "+ 12 totaux par client." in text


def test_a_difference_is_told_once() -> None:
    gap = Difference("total-differs", "EUR", Decimal(2), Decimal(1))
    told = report_view({"mismatches": (gap,), "warnings": ("total-differs", "all-settled")}, 5)
    assert told.warnings == ("all-settled",)


@BOTH
def test_every_code_of_a_report_has_its_words(language: str) -> None:
    words = yaml.safe_load((TEMPLATES / language / "report.yaml").read_text(encoding="utf-8"))
    for kind in {*ChangeKind} - {ChangeKind.CONFIRMED}:
        assert kind.value in words["groups"]
    assert {Settlement.UNKNOWN_CAUSE, Settlement.COVERED, "part-paid"} <= set(words["causes"])
    codes = re.findall(r'"([a-z]+(?:-[a-z]+)+)"', Path(asked.__code__.co_filename).read_text())
    known = {*words["asks"], *words["next_steps"], *ANSWERS}
    known |= {"confirm-import", "balance-superseded", "payment-details-pending"}
    assert set(codes) <= known
    for code in ANSWERS:
        assert import_sentence(code, language, {})


def test_all_the_mistakes_of_a_policy_are_told_in_the_reader_s_language() -> None:
    refused = ConfigRefused.of(
        "policy.yaml",
        (
            Problem("policy-profile-insolvent", 3, ("profiles", "insolvent"), "short_of_cash"),
            Problem("config-wrong-value", 7, ("steps", 0, "min_item"), "0 or more"),
        ),
    )
    report = replace(reports.refused(), code=refused.code, detail=refused.detail, seen=refused.seen)
    for said in (page(report), text_of(mail(report))):
        shown = plain_spaces(said)
        assert "Ligne 3, champ profiles.insolvent" in shown
        assert "À corriger aussi" in shown
        assert "7: steps[0].min_item: 0 ou plus" in shown
    assert "7: steps[0].min_item: 0 or more" in page(report, "en")
    assert "Values that raise the doubt" not in page(report, "en")


@pytest.mark.parametrize("text", [*HOSTILE, "3: x", "3: a: b: c", "12:30: x", ""])
def test_what_is_no_mistake_is_shown_as_it_is(text: str) -> None:
    assert mistake_in("fr", text) == text


def test_french_and_english_have_the_same_words() -> None:
    def flat(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
        out: dict[str, str] = {}
        for key, value in tree.items():
            deeper = flat(value, f"{prefix}{key}.") if isinstance(value, dict) else None
            out |= {f"{prefix}{key}": str(value)} if deeper is None else deeper
        return out

    files = [
        (TEMPLATES / lang / "report.yaml").read_text(encoding="utf-8") for lang in ("fr", "en")
    ]
    french, english = (flat(yaml.safe_load(text)) for text in files)
    assert french.keys() == english.keys()
    assert {k: v.count("{}") for k, v in french.items()} == {
        k: v.count("{}") for k, v in english.items()
    }


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [ReportWords.place(index) for index in (0, 25, 26, 701, 702)] == [
        "1 (A)",
        "26 (Z)",
        "27 (AA)",
        "702 (ZZ)",
        "703 (AAA)",
    ]


# ---------------------------------------------------------------- what no file can make of them


def named(text: str) -> ImportReport:
    """Every place of a report that shows text from a file."""
    report = reports.applied()
    return replace(
        report,
        code="date-order-tied",
        detail={"column": text},
        seen=(text,),
        columns=tuple(replace(one, name=text, meaning=text) for one in report.columns),
        sample=((text, text),),
        changes=tuple(replace(one, debtor_name=text, number=text) for one in report.changes),
        left_as_is=tuple(replace(one, debtor_name=text, number=text) for one in report.left_as_is),
        rejected=(RefusedLine(3, "bad-amount", text, text),),
        movements=tuple(replace(one, name=text, code=text) for one in report.movements),
        late_debtors=tuple(replace(one, name=text, code=text) for one in report.late_debtors),
        mismatches=tuple(replace(one, scope=text) for one in report.mismatches),
        file_aged=tuple(
            replace(one, lines=tuple(replace(line, key=text) for line in one.lines))
            for one in report.file_aged
        ),
    )


PLAIN = {"page": tags(page(named("Dupont"))), "mail": tags(html_of(mail(named("Dupont"))))}


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1) | st.sampled_from(HOSTILE))
@example("?")
def test_no_name_adds_a_tag_or_a_title(text: str) -> None:
    shown = page(named(text))
    assert tags(shown) == PLAIN["page"]
    message = mail(named(text))
    assert tags(html_of(message)) == PLAIN["mail"]
    titles = text_of(message).count("\n# ")
    assert titles == text_of(mail(named("Dupont"))).count("\n# ")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cells = re.findall(r"<t[dh][^>]*>([^<]*)", page(named(text)))
    assert cells
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]
    assert len(max(cells, key=len)) < 400


@given(st.text())
def test_inert_text_is_one_short_line(text: str) -> None:
    shown = inert(text, 30)
    assert len(shown) <= 31
    assert all(c.isprintable() or c == "\u2060" for c in shown)
    assert not shown.startswith(("=", "+", "-", "@", " "))


@given(st.text(max_size=50), st.sampled_from(sorted(ANSWERS)))
def test_what_to_write_is_yaml_whatever_the_file_holds(text: str, code: str) -> None:
    report = replace(reports.asked(), code=code, seen=(text,), detail={"field": "number"})
    lines = reports.values(report)["asked"][0].lines  # type: ignore[index]
    written = yaml.safe_load("\n".join(lines))
    assert list(written) == ["balance"]


def test_a_key_with_quotes_stays_one_word_of_the_command() -> None:
    values = reports.values(reports.SITUATIONS["suspicious"](), name="a'; rm -rf ~.csv")
    command = values["asked"][0].commands[0]  # type: ignore[index]
    assert command == "relance confirm-import delorme 'delorme/a'\"'\"'; rm -rf ~.csv'"


# ---------------------------------------------------------------- how long they may be


def large(count: int) -> ImportReport:
    item = ReportedItem(
        "new", "C1", "Dupont" * 10, "F-1", date(2026, 1, 1), None, Decimal(1), "EUR"
    )
    refused = RefusedLine(1, "bad-amount", "open_amount", "x" * 50)
    report = reports.applied()
    return replace(
        report,
        changes=(item,) * count,
        rejected=(refused,) * count,
        left_as_is=(item,) * count,
        mismatches=(report.mismatches[0],) * count,
    )


def test_a_long_report_is_cut_and_says_by_how_much() -> None:
    report = large(20_000)
    html, text = page(report), text_of(mail(report))
    assert len(html) < 400_000
    assert Outline(html).text.count("… et 19800 autres") == 4
    assert html.count("12O,00") == 0
    assert len(html_of(mail(report))) < 60_000
    lists = re.findall(r"(?:^- .*\n)+", text, re.MULTILINE)
    assert max(found.count("\n") for found in lists[2:]) <= MAIL_LINES + 1
    assert PAGE_LINES == 200


def test_the_json_is_whole() -> None:
    import json

    report = large(5_000)
    values = reports.values(report)
    read = json.loads(encode_report(values))
    assert len(read["changes"]) == len(read["rejected"]) == 5_000
    assert read["changes"][0]["after"] == "1"
    assert read["aged"][0]["lines"][0] == {
        "key": STANDARD_BUCKETS[0].key,
        "amount": "38655.85",
        "items": 5,
        "first": None,
        "last": 0,
    }
    assert read["next"][-1] == "decided-at-next-run"
    assert read["asked"][0] == {"code": "mend-rows", "commands": [], "lines": []}
    assert encode_report(values) == encode_report(values)


def test_the_subject_says_what_came_of_the_file() -> None:
    subjects = [
        str(parsed(mail(reports.SITUATIONS[n]()))["Subject"]) for n in ("asked", "contacts")
    ]
    assert [plain_spaces(subject) for subject in subjects] == [
        "Import une réponse est attendue : balance <nov>.xlsx",
        "Import pris en compte (contacts) : balance <nov>.xlsx",
    ]
