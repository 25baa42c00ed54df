"""Person, machine or delivery report: the surest header decides, words only where none does."""

import pytest

from relance.adapters.mail_reader import read_mail
from relance.domain.reply import ReplyKind
from tests.adapters.mail_reader.mails import dsn, mail, raw


def kind(message: bytes) -> ReplyKind:
    return read_mail(message).kind


AUTOMATIC = [
    ("Réponse automatique : F-1", "En congés jusqu'au 27 novembre.", ReplyKind.OUT_OF_OFFICE),
    ("Absence du bureau : Facture", "Merci de contacter ma collègue.", ReplyKind.OUT_OF_OFFICE),
    ("Message d'absence", "De retour le 30.", ReplyKind.OUT_OF_OFFICE),
    ("Absence : Facture", "Bonjour.", ReplyKind.OUT_OF_OFFICE),
    ("Automatic reply: Invoice", "I am out of the office.", ReplyKind.OUT_OF_OFFICE),
    ("Out of Office: Invoice", "Back soon.", ReplyKind.OUT_OF_OFFICE),
    ("Automatische Antwort: Rechnung", "Ich bin im Urlaub.", ReplyKind.OUT_OF_OFFICE),
    ("Abwesenheitsnotiz", "Bis Montag.", ReplyKind.OUT_OF_OFFICE),
    ("Réponse automatique : F-1", "Je ne fais plus partie de la société.", ReplyKind.OUT_OF_OFFICE),
    ("Réponse automatique : Facture", "Nous avons bien reçu votre message.", ReplyKind.AUTO_ACK),
    ("Accusé de réception de votre demande", "Votre demande porte le n° 12.", ReplyKind.AUTO_ACK),
    ("Lu : Facture F-1", "Votre message a été lu.", ReplyKind.RECEIPT),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "body", "expected"), AUTOMATIC)
def test_subjects_of_machines(subject: str, body: str, expected: ReplyKind) -> None:
    assert kind(mail(body, Subject=subject)) is expected
    assert kind(mail(body, Subject=subject, Auto_Submitted="auto-replied")) is expected


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Facture"},
        {"Precedence": "auto_reply"},
    ],
)
def test_headers_of_machines(headers: dict[str, str]) -> None:
    assert kind(mail("Je suis en vacances.", **headers)) is ReplyKind.OUT_OF_OFFICE
    assert kind(mail("Votre ticket est ouvert.", **headers)) is ReplyKind.AUTO_ACK


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"X_Auto_Response_Suppress": "All"},
        {"Precedence": "bulk", "In_Reply_To": "<1@acme.test>"},
        {"List_Id": "<compta.client.test>", "References": "<1@acme.test>"},
        {"Subject": "Re: Absence de bon de commande"},
        {"Subject": "RE: Undeliverable goods, invoice disputed", "In_Reply_To": "<1@acme.test>"},
        {"Subject": "Mail failure on your side?"},
        {"Return_Path": "<a.petit@client.test>"},
    ],
)
def test_a_person_stays_a_person(headers: dict[str, str]) -> None:
    assert kind(mail(**headers)) is ReplyKind.HUMAN


def test_a_person_who_quotes_a_bounce_stays_a_person() -> None:
    body = "Votre mail m'est revenu.\n\n> This message could not be delivered to anne@client.test"
    assert kind(mail(body, Subject="Re: failure notice")) is ReplyKind.HUMAN


def test_absence_with_a_null_return_path_is_no_bounce() -> None:
    body = "I am out of the office. For urgent matters write to the following address."
    message = mail(body, Subject="Re: Invoice", Return_Path="<>", Auto_Submitted="auto-replied")
    assert kind(message) is ReplyKind.OUT_OF_OFFICE


@pytest.mark.parametrize(
    ("status", "action", "diagnostic", "expected"),
    [
        ("5.1.1", "failed", "smtp; 550 user unknown", ReplyKind.BOUNCE_HARD),
        ("5.1.10", "failed", "smtp; 550 not found", ReplyKind.BOUNCE_HARD),
        ("5.2.1", "failed", "smtp; 550 disabled", ReplyKind.BOUNCE_HARD),
        ("5.4.4", "failed", "smtp; host not found", ReplyKind.BOUNCE_HARD),
        ("5.0.0", "failed", "smtp; 550 rejected", ReplyKind.BOUNCE_HARD),
        ("5.0.0", "failed", "smtp; 552 mailbox full", ReplyKind.BOUNCE_SOFT),
        ("5.2.2", "failed", "smtp; 552 mailbox full", ReplyKind.BOUNCE_SOFT),
        ("5.7.1", "failed", "smtp; 554 blocked", ReplyKind.BOUNCE_SOFT),
        ("5.3.4", "failed", "smtp; 552 too big", ReplyKind.BOUNCE_SOFT),
        ("4.4.7", "failed", "smtp; expired", ReplyKind.BOUNCE_SOFT),
        ("4.4.1", "delayed", "smtp; timed out", ReplyKind.BOUNCE_SOFT),
        ("2.0.0", "delivered", "smtp; 250 ok", ReplyKind.RECEIPT),
        ("2.0.0", "relayed", "smtp; 250 ok", ReplyKind.RECEIPT),
    ],
)
def test_delivery_reports(status: str, action: str, diagnostic: str, expected: ReplyKind) -> None:
    assert kind(dsn(status, action, diagnostic)) is expected


@pytest.mark.parametrize(
    "subject", ["Non remis : Facture F-1", "Échec de remise", "Retour à l'expéditeur"]
)
def test_french_bounces_without_a_status_part(subject: str) -> None:
    body = "Votre message n'a pas pu être remis à <anne@client.test> : adresse inconnue."
    reply = read_mail(mail(body, Subject=subject, From="postmaster@client.test", Return_Path="<>"))
    assert reply.kind is ReplyKind.BOUNCE_HARD
    assert reply.bounce is not None
    assert reply.bounce.recipient == "anne@client.test"


def test_read_receipt_and_complaint() -> None:
    report = """
From: anne@client.test
To: compta@acme.test
Subject: {subject}
Content-Type: multipart/report; report-type={type}; boundary=b

--b
Content-Type: text/plain

Notice.
--b
Content-Type: message/{type}

Original-Recipient: rfc822;anne@client.test
--b--
"""
    receipt = raw(report.format(subject="Lu : Facture", type="disposition-notification"))
    assert kind(receipt) is ReplyKind.RECEIPT
    complaint = raw(report.format(subject="FW: Facture", type="feedback-report"))
    assert kind(complaint) is ReplyKind.SPAM_OR_OTHER


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Spam_Flag": "YES"},
        {"List_Unsubscribe": "<mailto:x@news.test>", "Subject": "Promo"},
        {"Precedence": "bulk", "Subject": "Promo"},
    ],
)
def test_spam_and_campaigns(headers: dict[str, str]) -> None:
    assert kind(mail("Achetez.", **headers)) is ReplyKind.SPAM_OR_OTHER
