"""The mail of the morning, once per person and day, once the run of the day is over.

The row of each recipient is claimed before the mail and marked after it, both on the version that
was read. A message received twice finds it marked. One that meets another at work is refused, and
comes back. Who died at work is followed by another after `STALE_AFTER`: nothing is lost, and the
mail is there twice only if the death fell between the answer of the mail server and the mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from relance.application.morning.entries import told_until
from relance.application.morning.gather import Morning, gather
from relance.application.morning.readers import Recipient, recipients_of
from relance.application.morning.views import Told, has_news, view_of
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import (
    STALE_AFTER,
    CallSheetRenderer,
    Conflict,
    SendOutcomeUnknown,
    SendRefused,
)
from relance.application.run_records import MailState, MorningMail
from relance.application.staff_mail import Attachment, StaffMail
from relance.application.tell_calls import note_listed

TEMPLATE = "morning"
FIRST_SINCE = timedelta(days=3)
"""What the first mail ever looks back on: a week-end."""
FARTHEST = timedelta(days=35)
"""What a mail looks back on at the most: an address that refuses them for a year must not make the
creditor's mornings read a year.
"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Worklist = Callable[[Desk, Recipient], bytes | None]
"""The workbook of what this person has to do that day; None: nothing."""


@dataclass(frozen=True, slots=True)
class MorningKit:
    """What writing takes. worklist None: no workbook is attached."""

    staff: StaffMail
    sheets: CallSheetRenderer
    worklist: Worklist | None = None


@dataclass(slots=True)
class MorningReport:
    """Mails that left, that did not, that may have; people who had nothing to be told."""

    sent: int = 0
    untold: int = 0
    doubtful: int = 0
    quiet: int = 0

    def count(self, state: MailState) -> None:
        self.sent += state is MailState.DONE
        self.untold += state is MailState.FREE
        self.doubtful += state is MailState.DOUBTFUL


@dataclass(frozen=True, slots=True)
class _Owed:
    who: Recipient
    last: MorningMail


def send_morning(creditor: str, today: date, *, office: Office, kit: MorningKit) -> MorningReport:
    """To each of our people, unless it left already. Nothing on a closed day, nor of a day that is
    over: its preview would be false.

    Raises Conflict when another is at it, SendThrottled or SendNotAttempted when the mail server is
    busy, once all others were written to: called again, it writes to those who are left.
    """
    report = MorningReport()
    desk = office.open(creditor)
    if desk.today != today or not desk.calendar.is_open(today) or desk.creditor.payment is None:
        return report
    owed = [_Owed(who, _last(desk, who)) for who in recipients_of(desk.creditor.profile)]
    owed = [one for one in owed if _is_owed(one.last, desk)]
    if owed:
        morning = gather_for(desk, [one.last for one in owed])
        one_by_one(owed, lambda one: _write(morning, one, kit, report), name=lambda o: o.who.key)
    return report


def gather_for(desk: Desk, mails: list[MorningMail]) -> Morning:
    """What the one that was told the least must be told."""
    first = min(mail.covers or desk.now - FIRST_SINCE for mail in mails)
    return gather(desk, max(first, desk.now - FARTHEST))


def _last(desk: Desk, who: Recipient) -> MorningMail:
    found = desk.stores.runs.mail(who.key)
    return found or MorningMail(who.key, date.min, MailState.FREE, desk.now)


def _is_owed(mail: MorningMail, desk: Desk) -> bool:
    if mail.day != desk.today:
        return True
    return mail.state in {MailState.FREE, MailState.SENDING}


def _write(morning: Morning, owed: _Owed, kit: MorningKit, report: MorningReport) -> None:
    desk, last, who = morning.desk, owed.last, owed.who
    view = view_of(morning, who, Told(last.covers or morning.since, last.as_of), kit.sheets)
    book, problem = _workbook(desk, who, kit)
    if problem is not None and not has_news(view, who):
        raise problem
    claimed = _claim(desk, last)
    if book is None and not has_news(view, who):
        _mark(desk, claimed, MailState.DONE)
        report.quiet += 1
        return
    state = _deliver(desk, claimed, who, kit, view, attached(desk, book))
    _mark(desk, claimed, state)
    report.count(state)
    if state is MailState.DONE:
        _note_calls(morning, who)
    if problem is not None:
        raise problem


def _workbook(desk: Desk, who: Recipient, kit: MorningKit) -> tuple[bytes | None, Exception | None]:
    """The mail leaves without one that cannot be made: what leaves today must be told. The error
    rings the alarm afterwards.
    """
    try:
        return (kit.worklist(desk, who) if kit.worklist else None), None
    except Exception as error:  # noqa: BLE001 - whatever it is: raised once the mail has left
        return None, error


def _claim(desk: Desk, last: MorningMail) -> MorningMail:
    """Raises Conflict: somebody else is at it, or was a moment ago."""
    is_busy = last.state is MailState.SENDING and last.day == desk.today
    if is_busy and last.at > desk.now - STALE_AFTER:
        raise Conflict("morning-mail-being-sent")
    claimed = replace(last, day=desk.today, state=MailState.SENDING, at=desk.now)
    return desk.stores.runs.save_mail(claimed)


def _deliver(
    desk: Desk,
    claimed: MorningMail,
    who: Recipient,
    kit: MorningKit,
    view: dict[str, object],
    attachments: Sequence[Attachment],
) -> MailState:
    """What became of it. What may succeed later frees the mail and is raised; so does a bug."""
    try:
        kit.staff.deliver(
            desk, TEMPLATE, who.email, view | {"attached": bool(attachments)}, attachments
        )
    except SendOutcomeUnknown:
        return MailState.DOUBTFUL
    except SendRefused:
        return MailState.FREE
    except Exception:
        _mark(desk, claimed, MailState.FREE)
        raise
    return MailState.DONE


def _mark(desk: Desk, claimed: MorningMail, state: MailState) -> None:
    """What was told is told no more; what was not, or perhaps not, is told the next time too."""
    marked, is_told = replace(claimed, state=state), state is MailState.DONE
    if is_told:
        as_of = desk.creditor.balance.fresh_as_of
        marked = replace(marked, covers=told_until(desk), as_of=as_of or claimed.as_of)
    desk.stores.runs.save_mail(marked)


def _note_calls(morning: Morning, who: Recipient) -> None:
    """As listed today: the list of the next hour does not tell them again."""
    for key, day in morning.calls.items():
        if key in who.keys and not day.is_listed:
            for call in day.to_make:
                note_listed(morning.desk, call)


def attached(desk: Desk, book: bytes | None) -> Sequence[Attachment]:
    """The workbook under its name in the language of the creditor."""
    if book is None:
        return ()
    stem = "a-faire" if desk.creditor.profile.language.lower().startswith("fr") else "worklist"
    return ((f"{stem}-{desk.today.isoformat()}.xlsx", book, XLSX),)
