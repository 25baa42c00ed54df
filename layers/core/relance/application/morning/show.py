"""The same mail for who asks for it now: on the screen, or sent once more to one of our people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from relance.application.morning.readers import Recipient, recipients_of
from relance.application.morning.send import TEMPLATE, MorningKit, attached, gather_for
from relance.application.morning.views import PARTS, Told, view_of
from relance.application.office import Desk, Office
from relance.application.ports import NotFound
from relance.application.run_records import MailState, MorningMail
from relance.domain.notice_content import OutgoingMail
from relance.domain.team import FINANCE


def morning_mail(
    creditor: str,
    *,
    office: Office,
    kit: MorningKit,
    reader: str = FINANCE,
    parts: Sequence[str] = PARTS,
    look_back: timedelta | None = None,
) -> OutgoingMail:
    """As it would be written now. reader: finance, or the key of a collector; look_back: how far,
    None: to their last mail. Nothing is marked: the mail of the day says all of it again. Raises
    NotFound, SendRefused (`StaffMail.render`).
    """
    desk = office.open(creditor)
    who = _reader(desk, reader)
    last = _last(desk, who, look_back)
    morning = gather_for(desk, [last])
    view = view_of(morning, who, Told(last.covers or morning.since, last.as_of), kit.sheets)
    book = kit.worklist(desk, who) if kit.worklist else None
    values = view | {"parts": tuple(parts), "attached": book is not None}
    return kit.staff.render(desk, TEMPLATE, who.email, values, attached(desk, book))


def send_now(mail: OutgoingMail, *, kit: MorningKit) -> None:
    """Raises the Send… family."""
    kit.staff.mailer.send(mail)


def _reader(desk: Desk, key: str) -> Recipient:
    for one in recipients_of(desk.creditor.profile):
        if key in one.keys:
            return one
    raise NotFound("unknown-collector", {"collector": key})


def _last(desk: Desk, who: Recipient, look_back: timedelta | None) -> MorningMail:
    blank = MorningMail(who.key, date.min, MailState.FREE, desk.now)
    if look_back is not None:
        return replace(blank, covers=desk.now - look_back)
    return desk.stores.runs.mail(who.key) or blank
