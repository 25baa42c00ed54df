"""Messages to our own staff: each template in both languages, with all its keys and with few."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from relance.adapters.rendering.staff import COMMON_KEYS, CONTEXT_KEYS, JinjaStaffRenderer
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail
from relance.domain.reply import ReplyKind
from relance.domain.task import TaskKind
from tests.templates import samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
RENDERER = JinjaStaffRenderer(TEMPLATES)
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
EUROS = {"EUR": Decimal("6382.90")}
CHANGE = {
    "change": "part_paid",
    "debtor_name": "Vidal & Fils",
    "number": "F-1",
    "before": Decimal(100),
    "after": Decimal(40),
    "currency": "EUR",
}
FULL: dict[str, dict[str, object]] = {
    "import_report": {
        "status": "applied",
        "kind": "balance",
        "file_name": "balance <nov>.csv",
        "counts": {"rows": 12, "items": 10, "new": 3, "settled": 0},
        "as_of": date(2026, 11, 19),
        "received_at": AT,
        "totals": EUROS,
        "file_totals": {"EUR": Decimal("6400.00")},
        "differences": {"EUR": Decimal("17.10")},
        "collected": {"EUR": Decimal("500.00")},
        "rejected": [
            {"line": 7, "reason": "amount-unreadable", "field": "solde", "value": "12,3,"}
        ],
        "changes": [CHANGE, CHANGE | {"change": "new", "before": None}],
        "suspended": ["C0042 invoice/F-9/1"],
        "warnings": ["currency-assumed"],
        "more_rejected": 3,
        "more_changes": 2,
        "more_suspended": 1,
        "quarantine_key": "quarantine/x",
    },
    "drop_refused": {"drop_name": "x.pdf", "sentence": "Illisible.", "received_at": AT},
    "letters_to_print": {
        "day": date(2026, 11, 20),
        "folder": "letters/2026-11-20",
        "letters": [
            {
                "debtor_name": "Vidal",
                "debtor_code": "C1",
                "registered": True,
                "pages": 2,
                "file": "C1.pdf",
            }
        ],
    },
    "forwarded_reply": {
        "debtor_name": "Vidal",
        "debtor_code": "C1",
        "subject": "Re: règlement",
        "received_at": AT,
        "kind": ReplyKind.HUMAN,
        "visible_text": "Bonjour,\n\nvirement le <b>30</b>",
        "reply_id": "r1",
        "sender": "a@vidal.example",
        "holds": True,
        "warning": "verdict-failed",
        "attachments": ("avis.pdf",),
        "reply_to": "a@vidal.example",
        "command": "relance seen r1",
    },
    "task_opened": {
        "kind": TaskKind.CALL,
        "debtor_name": "Vidal",
        "debtor_code": "C1",
        "due_on": date(2026, 11, 20),
        "reason": "step-due",
        "contact_name": "Mme Roux",
        "phone": "04 78 00 00 00",
        "lines": samples.ASKED,
        "asked": EUROS,
    },
    "approval_needed": {
        "debtor_name": "Vidal",
        "debtor_code": "C1",
        "notice_id": "abc",
        "asked": EUROS,
        "prepared_by": "system",
        "deadline": date(2026, 12, 5),
        "lines": samples.ASKED,
    },
    "hand_over": {
        "debtor_name": "Vidal",
        "debtor_code": "C1",
        "asked": EUROS,
        "due_on": date(2026, 12, 15),
        "deadline": date(2026, 12, 5),
        "formal_notice_on": date(2026, 11, 20),
        "lines": samples.ASKED,
    },
    "payment_details_pending": {
        "uploaded_by": "Paul",
        "changes": [{"field": "iban", "old": None, "new": "FR76 1234"}],
        "confirmed_by": ("Zoé",),
    },
}


def send(template: str, context: dict[str, object], language: str = "fr") -> OutgoingMail:
    return RENDERER.message(
        template,
        profile=replace(samples.PROFILE, language=language),
        sender_domain="delorme.example",
        to="compta@delorme.example",
        context=context,
    )


def said(template: str, **changes: object) -> str:
    return plain_spaces(text_of(send(template, FULL[template] | changes)))


def test_every_template_has_its_sample() -> None:
    assert set(FULL) == set(CONTEXT_KEYS)
    assert {path.name for path in (TEMPLATES / "fr" / "staff").iterdir()} == set(FULL)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("template", sorted(FULL))
def test_every_message_renders_with_all_its_keys_and_with_the_required_ones_only(
    template: str, language: str
) -> None:
    required = CONTEXT_KEYS[template].required
    for context in (FULL[template], {k: v for k, v in FULL[template].items() if k in required}):
        mail = send(template, context, language)
        message = parsed(mail)
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Subject"].strip()
        assert Outline(html_of(mail)).text
        assert "None" not in text_of(mail)
        assert "{{" not in text_of(mail)
        assert mail.tags == {"creditor": "delorme", "staff": template}


@pytest.mark.parametrize("template", sorted(FULL))
def test_templates_use_only_the_keys_that_are_documented(template: str) -> None:
    known = CONTEXT_KEYS[template].required | CONTEXT_KEYS[template].optional | COMMON_KEYS
    parser = Environment(autoescape=True)
    ours = ("money", "money_sum", "short_date", "long_date", "instant", "fill", "reason", "quoted")
    parser.filters |= dict.fromkeys((*ours, "one_line"), str)
    for path in TEMPLATES.glob(f"*/staff/{template}/*.j2"):
        used = meta.find_undeclared_variables(parser.parse(path.read_text(encoding="utf-8")))
        assert used <= known | {"words", "lang", "profile"}


@pytest.mark.parametrize("template", sorted(FULL))
def test_a_missing_key_is_named(template: str) -> None:
    gone = sorted(CONTEXT_KEYS[template].required)[0]
    context = {key: value for key, value in FULL[template].items() if key != gone}
    with pytest.raises(RelanceError, match="staff-context-missing") as error:
        send(template, context)
    assert isinstance(error.value, RelanceError)
    assert error.value.detail["missing"] == gone


def test_the_report_tells_what_came_and_what_was_refused() -> None:
    text = said("import_report")
    assert "nouvelles pièces : 3" in text
    assert "soldées : 0" not in text
    assert "Écart entre les deux : 17,10 €" in text
    assert "ligne 7 :" in text
    assert "Vidal & Fils, F-1 : partiellement réglée, 100,00 € → 40,00 €" in text
    assert "… + 3" in text


def test_a_refused_or_doubtful_file_says_what_happens_next() -> None:
    refused = said("import_report", status="refused", code="file-empty", detail={}, counts={})
    assert "Le fichier est vide." in refused
    assert "Rien n’a changé dans vos dossiers." in refused
    doubtful = said("import_report", status="suspicious", code="balance-shrunk")
    assert "aucune relance ne part" in doubtful


def test_somebody_elses_words_are_marked_and_escaped() -> None:
    mail = send("forwarded_reply", FULL["forwarded_reply"])
    assert "> virement le <b>30</b>" in text_of(mail)
    assert "<b>30" not in html_of(mail)
    assert "Les contrôles d’authenticité de ce message ont échoué" in plain_spaces(text_of(mail))
    assert parsed(mail)["Reply-To"] == "a@vidal.example"


@pytest.mark.parametrize(
    "address", ["", "not an address", "a@b.example\r\nBcc: x@y.example", "é@x.fr"]
)
def test_a_reply_is_forwarded_whatever_its_sender(address: str) -> None:
    context = FULL["forwarded_reply"] | {"reply_to": address, "subject": "x\r\nBcc: y@z.example"}
    message = parsed(send("forwarded_reply", context))
    assert message["Reply-To"] is None
    assert message["Bcc"] is None


def test_a_reply_without_a_case_says_so() -> None:
    context = FULL["forwarded_reply"] | {"debtor_code": "?", "debtor_name": "?"}
    assert "Réponse à rattacher à un dossier" in parsed(send("forwarded_reply", context))["Subject"]


def test_an_attached_message_keeps_its_bytes() -> None:
    raw = b"Subject: x\r\n\r\nexact \xff bytes\n"
    args = {"profile": samples.PROFILE, "sender_domain": "d.example", "to": "a@d.example"}
    mails = [
        RENDERER.message(
            "forwarded_reply",
            **args,  # type: ignore[arg-type]
            context=FULL["forwarded_reply"],
            attachments=(("réponse.eml", raw, "message/rfc822"), ("a.csv", b"x;y", "text/csv")),
        )
        for _ in range(2)
    ]
    assert mails[0] == mails[1]
    first, second = parsed(mails[0]).iter_attachments()
    assert first.get_content() == raw
    assert first.get_filename() == "réponse.eml"
    assert second.get_content_type() == "text/csv"


def test_the_date_is_the_one_given_and_none_else() -> None:
    context = FULL["drop_refused"] | {"at": AT}
    assert parsed(send("drop_refused", context))["Date"] == "Fri, 20 Nov 2026 07:00:00 +0000"
    assert parsed(send("hand_over", FULL["hand_over"]))["Date"] is None


def test_kinds_of_tasks_and_replies_all_have_words() -> None:
    for kind in TaskKind:
        assert said("task_opened", kind=kind)
    for reply in ReplyKind:
        assert said("forwarded_reply", kind=reply)
