"""Small raw messages written for these tests."""

from email.message import EmailMessage

MONDAY = "Mon, 23 Nov 2026 10:00:00 +0100"


def mail(body: str = "Bonjour,\nBien reçu.", **headers: str) -> bytes:
    """A plain UTF-8 message; `In_Reply_To` stands for In-Reply-To."""
    message = EmailMessage()
    defaults = {"From": "Anne Petit <A.Petit@client.test>", "To": "compta@acme.test",
                "Subject": "Re: Facture F-1", "Date": MONDAY}  # fmt: skip
    for name, value in {**defaults, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def raw(text: str) -> bytes:
    """A message given byte for byte, with the line ends of the wire."""
    return text.lstrip("\n").replace("\n", "\r\n").encode()


def dsn(
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "smtp; 550 no mailbox",
    recipient: str = "anne@client.test",
) -> bytes:
    return raw(f"""
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.client.test>
To: compta@acme.test
Subject: Undelivered Mail Returned to Sender
Date: {MONDAY}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to {recipient}.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.client.test

Final-Recipient: rfc822; {recipient.title()}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--b
Content-Type: message/rfc822

From: compta@acme.test
To: {recipient}
Subject: Facture F-1
Message-ID: <1@acme.test>

Bonjour
--b--
""")
