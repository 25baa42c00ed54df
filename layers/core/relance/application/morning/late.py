"""The net under the end of the run: an hour later the mail of the morning leaves whatever is
missing, and says so.

A page that cannot be decided never ends its run, and a message may be lost in a dead-letter queue:
people must read of the day before anything leaves all the same.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from relance.application.morning.send import MorningKit, MorningReport, send_morning
from relance.application.office import Office
from relance.application.one_by_one import one_by_one
from relance.application.tell_calls import HOURS_AFTER_PLANNING, CallsTold, tell_calls


def tell_late(scheduled_at: datetime, *, office: Office, kit: MorningKit) -> dict[str, CallsTold]:
    """The mails of the morning first, then the calls that none of them told."""
    told: dict[str, CallsTold] = {}

    def mornings() -> None:
        send_late_mornings(scheduled_at, office=office, kit=kit)

    def calls() -> None:
        told.update(tell_calls(scheduled_at, office=office, staff=kit.staff, sheets=kit.sheets))

    one_by_one((mornings, calls), lambda do: do(), name=lambda do: do.__name__)
    return told


def send_late_mornings(
    scheduled_at: datetime, *, office: Office, kit: MorningKit
) -> dict[str, MorningReport]:
    """Of each creditor that planned an hour ago; those that were written to have nothing owed."""
    done: dict[str, MorningReport] = {}

    def send(code: str) -> None:
        profile = office.creditors.get(code).profile
        local = scheduled_at.astimezone(ZoneInfo(profile.zone))
        if local.hour == (profile.plan_at.hour + HOURS_AFTER_PLANNING) % 24:
            done[code] = send_morning(code, local.date(), office=office, kit=kit)

    one_by_one(office.creditors.codes(), send)
    return done
