"""Reads back what was rendered, as a mail program or a person does."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from relance.domain.notice_content import OutgoingMail

_VOID = {"meta", "br", "img", "hr", "input", "link", "col"}


def parsed(mail: OutgoingMail) -> EmailMessage:
    message = message_from_bytes(mail.raw, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def text_of(mail: OutgoingMail) -> str:
    return _part(mail, "plain")


def html_of(mail: OutgoingMail) -> str:
    return _part(mail, "html")


def plain_spaces(text: str) -> str:
    """Hard and narrow spaces as plain ones, so that a test reads like the page."""
    return " ".join(text.split())


def _part(mail: OutgoingMail, kind: str) -> str:
    part = parsed(mail).get_body((kind,))
    assert part is not None, f"no {kind} part"
    return str(part.get_content())


class Outline(HTMLParser):
    """The tags of a document, checked to be closed in order, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    @property
    def text(self) -> str:
        return plain_spaces(" ".join(self._text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> is out of order"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "title"}:
            self._text.append(data)
