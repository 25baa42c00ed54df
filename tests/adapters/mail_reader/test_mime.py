"""Raw bytes to headers and text: broken, hostile and foreign mail included."""

import base64
import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relance.adapters.mail_reader import is_mail, read_mail
from relance.adapters.mail_reader.charset import decode
from relance.adapters.mail_reader.html_text import html_to_text
from relance.domain.reply import ReplyKind
from tests.adapters.mail_reader.mails import dsn, mail, raw

HEAD = b"From: a@client.test\r\nTo: compta@acme.test\r\nSubject: Re: Facture\r\n"


def body(content_type: str, payload: bytes, encoding: str = "8bit") -> str:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    return read_mail(HEAD + head + payload).visible_text


@pytest.mark.parametrize(
    ("charset", "payload"),
    [
        ("iso-8859-1", "payé – l’été €".encode("cp1252")),
        ("us-ascii", "payé – l’été €".encode()),
        ("x-unknown", "payé – l’été €".encode()),
        ("utf-8", "payé – l’été €".encode("cp1252")),
        ("hex", "payé – l’été €".encode()),
        ("utf-16", "payé – l’été €".encode("utf-16")),
        ('"UTF-8"', "payé – l’été €".encode()),
    ],
)
def test_charsets(charset: str, payload: bytes) -> None:
    assert body(f"text/plain; charset={charset}", payload) == "payé – l’été €"


def test_broken_base64_is_still_read() -> None:
    payload = base64.b64encode("payé".encode())[:-1]
    assert body("text/plain; charset=utf-8", payload, "base64").startswith("pay")


def test_plain_text_is_preferred_to_html() -> None:
    message = raw("""
From: a@client.test
Subject: x
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html

<p>in HTML</p>
--b
Content-Type: text/plain

in plain text
--b--
""")
    assert read_mail(message).visible_text == "in plain text"


def test_html_alone_is_converted_and_its_citation_cut() -> None:
    html = (
        "<html><head><style>p{color:red}</style></head><body><p>Bonjour,</p><p>Payé&nbsp;hier.<br>"
        'Anne</p><div class="gmail_quote">Le lun. 12 oct. 2026 à 09:15, ACME &lt;c@acme.test&gt; a '
        'écrit :<blockquote type="cite"><p>Bonjour</p><p>Vous devez</p></blockquote></div></body>'
    )
    assert body("text/html; charset=utf-8", html.encode()) == "Bonjour,\n\nPayé hier.\nAnne"


def test_outlook_html_block_is_cut() -> None:
    html = (
        "<div>Payé hier.</div><div>Anne</div><hr><div><b>De :</b> ACME<br><b>Envoyé :</b> lundi 12 "
        "octobre 2026<br><b>À :</b> Anne<br><b>Objet :</b> Facture</div><div>Vous devez</div>"
    )
    assert body("text/html; charset=utf-8", html.encode()) == "Payé hier.\nAnne"


def test_an_indented_paragraph_is_not_a_citation() -> None:
    html = '<p>Nos lignes :</p><blockquote style="margin:0 0 0 40px;border:none">A 12</blockquote>'
    assert html_to_text(html) == "Nos lignes :\n\nA 12"


def test_hidden_html_is_not_shown() -> None:
    assert html_to_text('<div style="display:none">x</div><script>y</script>vu') == "vu"


def test_a_title_left_open_hides_nothing() -> None:
    assert html_to_text("<html><head><title>x<body>Payé.</body>") == "Payé."


def test_signs_and_quoted_marks_in_html() -> None:
    assert html_to_text('1 < 2 &lt; 3 <a title="a > b" href=x>lien</a> <!-- c > d -->fin') == (
        "1 < 2 < 3 lien fin"
    )


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<![", "</", '<a b="', "<!-- >", "<div>", "</p>", "&", "<a b='>", "<"]
)
def test_hostile_html_takes_linear_time(piece: str) -> None:
    start = time.perf_counter()
    html_to_text("<div>" + piece * 60_000)
    assert time.perf_counter() - start < 10


def test_attachments_are_named_not_read() -> None:
    message = raw("""
From: a@client.test
Subject: x
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Ci-joint.
--b
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment; filename="notes.txt"

secret
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="=?utf-8?Q?..=2Fvirement_pay=C3=A9.pdf?="

%PDF
--b--
""")
    reply = read_mail(message)
    assert reply.visible_text == "Ci-joint."
    assert reply.attachments == ("notes.txt", "virement payé.pdf")


def test_headers_are_decoded() -> None:
    reply = read_mail(
        mail(
            Subject="=?iso-8859-1?Q?Facture_pay=E9e?=",
            Message_ID="<r1@client.test>",
            References="<n1@acme.test> <n2@acme.test>",
            In_Reply_To="<n2@acme.test>",
            Cc="Chef <Chef@client.test>",
        )
    )
    assert reply.subject == "Facture payée"
    assert reply.sender == "a.petit@client.test"
    assert reply.message_id == "r1@client.test"
    assert reply.references == ("n1@acme.test", "n2@acme.test")
    assert reply.header_recipients == ("compta@acme.test", "chef@client.test")


def test_raw_8_bit_headers_are_read() -> None:
    message = b"From: a@client.test\nSubject: pay\xe9\nTo: b@acme.test\n\nok"
    assert read_mail(message).subject == "payé"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Bonjour, la facture est payée.", "fr"), ("Hello, the invoice is paid.", "en"),
     ("Vous trouverez le virement", "fr"), ("Please find the payment", "en"), ("12", "fr")],
)  # fmt: skip
def test_language(text: str, language: str) -> None:
    assert read_mail(mail(text, Subject="Re: votre facture")).language == language


def test_very_deep_nesting_is_survived() -> None:
    lines = ["From: a@client.test", "Subject: x"]
    for level in range(3_000):
        lines += [f"Content-Type: multipart/mixed; boundary=b{level}", "", f"--b{level}"]
    assert read_mail("\n".join(lines).encode()).kind is ReplyKind.HUMAN


def test_what_is_not_a_mail() -> None:
    for content in (b"", b"\x00\xff" * 50, b"Bonjour,\nje paie demain.", b"%PDF-1.7\n"):
        assert not is_mail(content)
    assert is_mail(mail())


@given(st.binary(max_size=3_000))
def test_any_bytes_are_read(content: bytes) -> None:
    read_mail(content)
    read_mail(HEAD + content)
    read_mail(HEAD + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + content)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_in_any_charset_decode(content: bytes, charset: str) -> None:
    decode(content, charset).encode("utf-8")


@given(st.text(max_size=500))
def test_any_html_is_converted(html: str) -> None:
    html_to_text("<div><blockquote type=cite>" + html)


@settings(max_examples=150)
@example(seed=508572, damage=1)
@given(seed=st.integers(min_value=0, max_value=2**32), damage=st.integers(1, 40))
def test_damaged_mails_are_read(seed: int, damage: int) -> None:
    """Real structures with bytes flipped, cut out or repeated."""
    chance = random.Random(seed)
    content = bytearray(chance.choice([mail(), dsn(), mail(Subject="=?utf-8?B?w6k=?=")]))
    for _ in range(damage):
        at = chance.randrange(len(content))
        content[at : at + chance.randrange(6)] = chance.randbytes(chance.randrange(6))
        if not content:
            content = bytearray(b"\n")
    read_mail(bytes(content))


def test_a_charset_that_no_library_can_look_up_loses_no_word() -> None:
    raw = b"From: a@b.example\nContent-Type: text/plain; charset=utf\0-8\n\nBonjour, pay\xc3\xa9.\n"
    assert "Bonjour, pay" in read_mail(raw).visible_text
