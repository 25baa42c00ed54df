"""E-mails to our own people, at best: what they are about is done and stored whatever the mail
does, and `relance todo` lists it.
"""

from dataclasses import dataclass

from relance.application.office import Desk
from relance.application.ports import Mailer, StaffRenderer
from relance.domain.errors import RelanceError


@dataclass(frozen=True, slots=True)
class StaffMail:
    renderer: StaffRenderer
    mailer: Mailer

    def tell(self, desk: Desk, template: str, to: str, context: dict[str, object]) -> bool:
        """False when it did not leave, as far as we know; without confirmed payment details nothing
        says which address we may write from.
        """
        payment = desk.creditor.payment
        if payment is None:
            return False
        try:
            mail = self.renderer.message(
                template,
                profile=desk.creditor.profile,
                sender_domain=payment.sender_domain,
                to=to,
                context={"at": desk.now, **context},
            )
            self.mailer.send(mail)
        except RelanceError:
            return False
        return True
