"""E-mails to our own people, at best: what they are about is done and stored whatever the mail
does, and `relance todo` lists it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from relance.application.office import Desk
from relance.application.ports import Mailer, SendRefused, StaffRenderer
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail

Attachment = tuple[str, bytes, str]
"""File name, bytes, media type."""


@dataclass(frozen=True, slots=True)
class StaffMail:
    renderer: StaffRenderer
    mailer: Mailer

    def tell(self, desk: Desk, template: str, to: str, context: dict[str, object]) -> bool:
        """False when it did not leave, as far as we know."""
        try:
            self.deliver(desk, template, to, context)
        except RelanceError:
            return False
        return True

    def deliver(
        self,
        desk: Desk,
        template: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Raises the Send… family: SendRefused too without confirmed payment details, as nothing
        says then which address we may write from.
        """
        mail = self.render(desk, template, to, context, attachments)
        self.mailer.send(mail)

    def render(
        self,
        desk: Desk,
        template: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[Attachment] = (),
    ) -> OutgoingMail:
        """Raises SendRefused likewise."""
        payment = desk.creditor.payment
        if payment is None:
            raise SendRefused("payment-details-missing")
        return self.renderer.message(
            template,
            profile=desk.creditor.profile,
            sender_domain=payment.sender_domain,
            to=to,
            context={"at": desk.now, **context},
            attachments=attachments,
        )
