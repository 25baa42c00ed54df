"""Who may approve a message that waits for it, and on what (design §5 rule 8): a check-list that
the approver confirms, four eyes, and the declared approvers above an amount.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from relance.application.office import Desk, Office
from relance.application.stakes import size_of, sum_of
from relance.domain.checklist import ALL_CHECKS, Check, Examined, checks_of, unconfirmed
from relance.domain.errors import RelanceError
from relance.domain.notice import Notice
from relance.domain.team import is_one_of_us, person_named


class ApprovalRefused(RelanceError):
    """This person may not approve it, or has not confirmed what must be."""


@dataclass(frozen=True, slots=True)
class CheckList:
    """asked: by currency, over all its debtors; is_large: it is above `approval_above`;
    only_approvers: so that only the declared approvers may approve.
    """

    notice: Notice
    asked: dict[str, Decimal]
    checks: tuple[Check, ...]
    is_large: bool
    only_approvers: bool


def checklist(creditor: str, notice_id: str, *, office: Office) -> CheckList:
    """Computed on the cases as they are now; nothing is written. Raises NotFound."""
    desk = office.open(creditor)
    return checklist_of(desk, desk.stores.notices.get(notice_id))


def checklist_of(desk: Desk, notice: Notice) -> CheckList:
    cases = desk.cases_of(notice.debtors)
    examined = []
    asked: list[dict[str, Decimal]] = []
    for case in cases:
        part = notice.part_of(case.debtor.code)
        examined.append(Examined(case, tuple(part.asked), desk.cases.history(case.debtor.code)))
        rests = [(case.items[k].currency, v) for k, v in part.asked.items() if k in case.items]
        asked += [{currency: amount} for currency, amount in rests]
    total, profile = sum_of(asked), desk.creditor.profile
    is_large = size_of(total) > profile.approval_above
    return CheckList(
        notice=notice,
        asked=total,
        checks=checks_of(examined, is_formal=notice.is_formal_notice),
        is_large=is_large,
        only_approvers=bool(profile.approvers) and is_large,
    )


def approve_on(
    desk: Desk, notice: Notice, author: str, confirmed: Collection[str]
) -> dict[str, str]:
    """What the evidence says of the checks. Raises ApprovalRefused."""
    found = checklist_of(desk, notice)
    needs_another = notice.is_formal_notice or found.is_large
    if needs_another and is_one_of_us(author, notice.prepared_by, desk.creditor.profile):
        raise ApprovalRefused("approver-prepared-it")
    unknown = sorted(set(confirmed) - ALL_CHECKS)
    if unknown:
        known = " ".join(sorted(ALL_CHECKS))
        raise ApprovalRefused("check-unknown", {"check": " ".join(unknown), "known": known})
    if found.only_approvers and person_named(author, desk.creditor.profile.approvers) is None:
        above = f"{desk.creditor.profile.approval_above:f}"
        raise ApprovalRefused("approver-not-declared", {"above": above})
    missing = unconfirmed(found.checks, confirmed)
    if missing:
        raise ApprovalRefused("checks-not-confirmed", {"checks": " ".join(missing)})
    said = [f"{one.code}={'known' if one.is_known else 'confirmed'}" for one in found.checks]
    return {"checks": " ".join(said)}
