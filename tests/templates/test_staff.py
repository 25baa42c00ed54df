"""Messages to our own staff: each template in both languages, with all its keys and with few."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from relance.adapters.rendering.staff import COMMON_KEYS, CONTEXT_KEYS, JinjaStaffRenderer
from relance.application.call_script import CallScript
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail
from relance.domain.reply import ReplyKind
from relance.domain.task import TaskKind
from tests.templates import mornings, reports, samples
from tests.templates.reading import Outline, html_of, parsed, plain_spaces, text_of

TEMPLATES = Path(__file__).parents[2] / "templates"
RENDERER = JinjaStaffRenderer(TEMPLATES)
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
EUROS = {"EUR": Decimal("6382.90")}
ENTRY: dict[str, object] = {
    "debtor_name": "Vidal & Fils",
    "debtor_code": "C1",
    "asked": EUROS,
    "lines": samples.ASKED,
    "more": 2,
    "reason": "step-due",
    "command": "relance done delorme C1 a-task",
}
TASK = ENTRY | {
    "due_on": date(2026, 11, 24),
    "level": "level_2",
    "contact_name": "Mme Roux",
    "phone": "04 78 00 00 00",
}
SHEET = {
    "debtor_name": "Vidal & Fils",
    "debtor_code": "C1",
    "kind": TaskKind.CALL,
    "asked": EUROS,
    "contact_name": "Mme Roux",
    "phone": "04 78 00 00 00",
    "others": ["M. Petit, 04 78 00 00 01"],
    "level": "level_2",
    "again_on": date(2026, 11, 20),
    "attempts": 2,
    "lines": [
        {
            "number": "F-2026-0871",
            "due_date": date(2026, 9, 30),
            "days_late": 51,
            "amount": Decimal("4820.50"),
            "currency": "EUR",
            "cause": "cash",
        }
    ],
    "more": 2,
    "said": [
        {
            "on": date(2026, 11, 10),
            "outcome": "promise",
            "by": "claire",
            "spoke_to": "M. Petit",
            "phone": "04 78 00 00 01",
            "note": "virement\nvendredi",
        }
    ],
    "promises": [
        {"on": date(2026, 11, 10), "for": date(2026, 11, 13), "amounts": EUROS, "live": False}
    ],
    "disputes": [
        {
            "numbers": ["F-9"],
            "category": "mend",
            "owner": "ana",
            "target": date(2026, 11, 25),
            "amounts": EUROS,
        }
    ],
    "script": CallScript("Une date.", ("Bonjour.",), ("Quand ?",), ("Notez.",), ("Ferme.",)),
    "command": "relance call delorme C1 reached",
}
FULL: dict[str, dict[str, object]] = {
    "import_report": reports.values(reports.applied()),
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
        "addresses": ["Mme Roux <a@vidal.example>"],
    },
    "worklist": {
        "day": date(2026, 11, 20),
        "total": {"EUR": Decimal("14182.90"), "GBP": Decimal(500)},
        "calls": [SHEET],
        "over": 3,
        "approvals": [
            ENTRY | {"deadline": date(2026, 12, 5), "command": "relance approve delorme abc"},
        ],
        "hand_overs": [
            TASK
            | {"kind": TaskKind.HAND_OVER, "lines": [], "more": 0}
            | {"missing": [{"piece": "deposit", "numbers": ["F-1", "F-2"]}]}
        ],
        "tasks": [
            TASK
            | {"kind": TaskKind.FIND_CONTACT, "reason": "no-contact", "level": None, "asked": {}}
        ],
    },
    "to_solve": {
        "matter": "dispute",
        "debtor_name": "Vidal",
        "debtor_code": "C1",
        "target": date(2026, 12, 5),
        "reason": "target-near",
        "collector": "Célia Martin",
        "about": "price",
        "owner": "Léo Brun",
        "person": "Mme Roux",
        "lines": samples.ASKED,
        "reply_to": "celia@delorme.example",
        "command": "relance resolve-dispute delorme C1 dispute-4 …",
    },
    "level_2_near": {
        "customers": [
            {
                "debtor_name": "Vidal",
                "debtor_code": "C1",
                "leaves_on": date(2026, 11, 25),
                "asked": EUROS,
                "lines": samples.ASKED,
                "command": "relance sales-stop delorme C1 --days 10 --reason …",
            }
        ],
        "days": 10,
        "reply_to": "claire@delorme.example",
    },
    "morning": mornings.FULL,
    "notices_to_resolve": {
        "notices": [
            {
                "debtor_name": "Vidal",
                "debtor_code": "C1",
                "channel": "email",
                "level": "level_1",
                "since": AT,
                "command": "relance resolve delorme abc",
            }
        ]
    },
    "run_stopped": {
        "addresses": [
            {
                "address": "all@mail.example",
                "debtors": ["C1", "C2"],
                "command": "relance allow-address delorme all@mail.example",
            }
        ]
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
    parser.filters |= dict.fromkeys((*ours, "one_line", "inert", "mistake", "is_mistake"), str)
    made = {"words", "lang", "profile", "said", "view", "say"}
    own = TEMPLATES.glob(f"common/staff/{template}.*.j2")
    for path in (*TEMPLATES.glob(f"*/staff/{template}/*.j2"), *own):
        used = meta.find_undeclared_variables(parser.parse(path.read_text(encoding="utf-8")))
        assert used <= known | made


@pytest.mark.parametrize("template", sorted(FULL))
def test_a_missing_key_is_named(template: str) -> None:
    gone = sorted(CONTEXT_KEYS[template].required)[0]
    context = {key: value for key, value in FULL[template].items() if key != gone}
    with pytest.raises(RelanceError, match="staff-context-missing") as error:
        send(template, context)
    assert isinstance(error.value, RelanceError)
    assert error.value.detail["missing"] == gone


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
    assert parsed(send("worklist", FULL["worklist"]))["Date"] is None


def test_a_worklist_says_whom_to_call_for_how_much_and_what_to_type() -> None:
    text = said("worklist")
    parts = [
        "# Appels à passer Vidal & Fils (C1) : 6 382,90 €",
        "À joindre : Mme Roux, 04 78 00 00 00",
        "Motif : second niveau de relance",
        "F-2026-0871, échéance 30/09/2026 (51 jours de retard) : 4 820,50 €",
        "cause : trésorerie",
        "et 2 autres",
        "Dit le 10/11/2026 : promesse de règlement, M. Petit, 04 78 00 00 01 « virement vendredi »",
        "Promesse non tenue",
        "À corriger chez nous : F-9",
        "But : Une date.",
        "Ferme.",
        "Demander : Quand ?",
        "relance call delorme C1 reached",
        "3 autres appels attendent le prochain jour ouvré",
        "# Mises en demeure à confirmer",
        "5 décembre 2026",
        "relance approve delorme abc",
        "n’est pas en procédure collective",
        "# Dossiers à transmettre au contentieux",
        "au plus tard le 24 novembre 2026",
        "# Autres tâches Contact à trouver : Vidal & Fils (C1)",
        "Aucun destinataire joignable n’est connu",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "À faire : 2 appels, 1 mise en demeure à confirmer – 14 182,90 € + 500,00 £"),
        ("en", "To do: 2 calls, 1 formal notice to approve – €14,182.90 + £500.00"),
    ],
)
def test_the_subject_of_a_worklist_says_how_many_and_how_much(language: str, subject: str) -> None:
    full = FULL["worklist"]
    twice = full | {"calls": [SHEET] * 2, "hand_overs": [], "tasks": []}
    assert plain_spaces(str(parsed(send("worklist", twice, language))["Subject"])) == subject


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_call_of_a_worklist_is_a_paragraph_of_its_own(language: str) -> None:
    text = text_of(send("worklist", FULL["worklist"] | {"calls": [SHEET, SHEET]}, language))
    lines = text.splitlines()
    ends = [at for at, line in enumerate(lines) if "relance call delorme C1 reached" in line]
    assert [lines[end + 1] for end in ends] == ["", ""]


def test_a_worklist_shows_no_empty_list() -> None:
    few: dict[str, object] = {"approvals": [], "hand_overs": [], "tasks": []}
    text = said("worklist", **few)
    assert "Mises en demeure" not in text
    assert "contentieux" not in text
    assert "tâches" not in text


def test_what_may_have_left_comes_with_both_answers() -> None:
    text = said("notices_to_resolve")
    assert "relance resolve delorme abc --sent" in text
    assert "relance resolve delorme abc --not-sent" in text
    assert "20/11/2026 à 08:00" in text


def test_a_stopped_run_says_which_address_whose_and_what_to_type() -> None:
    text = said("run_stopped")
    assert "all@mail.example" in text
    assert "C1, C2" in text
    assert "relance allow-address delorme all@mail.example" in text


def test_a_closed_address_is_named() -> None:
    assert "ne part à Mme Roux <a@vidal.example>" in said("task_opened", kind="find_contact")


def test_kinds_of_tasks_and_replies_all_have_words() -> None:
    for kind in TaskKind:
        assert said("task_opened", kind=kind)
    for reply in ReplyKind:
        assert said("forwarded_reply", kind=reply)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_matter_of_an_owner_has_its_own_words(language: str) -> None:
    matters = ("dispute", "credit", "correct", "mend")
    texts = {
        matter: text_of(send("to_solve", FULL["to_solve"] | {"matter": matter}, language))
        for matter in matters
    }
    assert len({text.splitlines()[0] for text in texts.values()}) == len(matters)
    assert all("Célia Martin" in text for text in texts.values())


def test_an_owner_answers_to_the_collector() -> None:
    assert parsed(send("to_solve", FULL["to_solve"]))["Reply-To"] == "celia@delorme.example"
