"""A salesperson hears by e-mail, without an account, that level 2 comes for their customers: one
mail per page, whose answers reach the collector.
"""

from collections.abc import Iterable
from decimal import Decimal
from shlex import quote

from relance.application.office import Desk
from relance.application.staff_mail import StaffMail
from relance.application.stakes import lines_of, size_of, stake_of
from relance.domain.case import Case
from relance.domain.escalation.announcing import MOST_STOPPED
from relance.domain.escalation.decision import TellSalesperson
from relance.domain.team import colleague_named, person_for

Announced = tuple[Case, TellSalesperson]


def tell_salespeople(
    desk: Desk, announced: Iterable[Announced], *, staff: StaffMail
) -> tuple[int, int]:
    """How many mails left, and how many did not: the step waits for neither."""
    profile = desk.creditor.profile
    mine: dict[tuple[str, str], list[Announced]] = {}
    for case, told in announced:
        who = colleague_named(told.salesperson, profile)
        if who is not None:
            answers_to = person_for(case, profile, desk.today).email
            mine.setdefault((who.email, answers_to), []).append((case, told))
    left = []
    for (email, answers_to), found in sorted(mine.items(), key=lambda pair: pair[0]):
        ranked = sorted(found, key=lambda one: (-size_of(_stake(desk, one)), one[0].debtor.code))
        entries = [_entry(desk, one) for one in ranked]
        context = {"customers": entries, "days": MOST_STOPPED, "reply_to": answers_to}
        left.append(staff.tell(desk, "level_2_near", email, context))
    return left.count(True), left.count(False)


def _stake(desk: Desk, one: Announced) -> dict[str, Decimal]:
    case, told = one
    return stake_of(desk, [(case, told.items)])


def _entry(desk: Desk, one: Announced) -> dict[str, object]:
    case, told = one
    creditor, debtor = quote(case.creditor), quote(case.debtor.code)
    return {
        "debtor_code": case.debtor.code,
        "debtor_name": case.debtor.name,
        "leaves_on": told.leaves_on,
        "asked": _stake(desk, one),
        "lines": lines_of(desk, [(case, told.items)]),
        "command": f"relance sales-stop {creditor} {debtor} --days {MOST_STOPPED} --reason …",
    }
