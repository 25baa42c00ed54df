"""The two ways a notice travels, over the ports of rendering and sending."""

from dataclasses import dataclass, replace

from relance.application.ports import (
    LetterProvider,
    LetterRenderer,
    LetterRequest,
    Mailer,
    NoticeRenderer,
    SendRefused,
)
from relance.application.send_notice import Prepared
from relance.domain.notice_content import CopiedLetter, NoticeContent
from relance.domain.policy import Channel


@dataclass(frozen=True, slots=True)
class EmailCarrier:
    renderer: NoticeRenderer
    mailer: Mailer

    def prepare(self, content: NoticeContent) -> Prepared:
        mail = self.renderer.email(content)
        return Prepared(mail.raw, "message/rfc822", "eml", mail=mail)

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        if prepared.mail is None:
            raise SendRefused("not-an-email", {"notice": content.notice.id})
        return self.mailer.send(prepared.mail)


@dataclass(frozen=True, slots=True)
class LetterCarrier:
    """emails: how the specimen of a rehearsal travels."""

    renderer: LetterRenderer
    provider: LetterProvider
    emails: EmailCarrier

    def prepare(self, content: NoticeContent) -> Prepared:
        letter = self.renderer.letter(content)
        return Prepared(letter.pdf, "application/pdf", "pdf", letter=letter)

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        if content.rehearsal_to is not None:
            return self._specimen(content, prepared)
        return self.provider.submit(letter_request(content, prepared))

    def _specimen(self, content: NoticeContent, prepared: Prepared) -> str:
        """Nothing is submitted: the letter goes to the test address as its e-mail copy would."""
        shown = replace(content, letter=CopiedLetter(content.written_on, prepared.content))
        return self.emails.hand_over(shown, self.emails.prepare(shown))


def letter_request(content: NoticeContent, prepared: Prepared) -> LetterRequest:
    """What the provider is given: the address as the letter's own window shows it."""
    address, letter = content.debtor.address, prepared.letter
    if address is None or letter is None:
        raise SendRefused("not-a-letter", {"notice": content.notice.id})
    return LetterRequest(
        creditor=content.notice.creditor,
        notice_id=content.notice.id,
        written_on=content.written_on,
        registered=content.notice.channel is Channel.REGISTERED_LETTER,
        address=letter.window,
        country=address.country,
        pages=letter.pages,
        pdf=letter.pdf,
    )
