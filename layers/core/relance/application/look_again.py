"""After a change of what decides, the cases whose day has not come are looked at too: so many a
run, beside those that are due, so that the work grows with the change and no morning pays for all
of it.
"""

from dataclasses import replace

from relance.application.change_creditor import change_creditor
from relance.application.office import Desk, Office
from relance.application.ports import PlanQueue
from relance.domain.creditor import Creditor
from relance.domain.looking_again import decide_alike

LOOKED_AT_A_RUN = 5000
"""Cases: 200 pages of 25. A creditor of 10,000 is seen whole on the second morning."""


def look_again(
    desk: Desk, *, office: Office, queue: PlanQueue, page_size: int
) -> list[tuple[str, ...]]:
    """Queues the next cases of the creditor, and notes how far it went: the pages. Stopped
    before it noted it, it queues them again: deciding twice changes nothing.
    """
    after = desk.creditor.look_again_after
    if after is None:
        return []
    codes = desk.cases.debtors_after(after, limit=LOOKED_AT_A_RUN)
    pages = [codes[start : start + page_size] for start in range(0, len(codes), page_size)]
    for page in pages:
        queue.put(desk.creditor.code, desk.today, page)
    reached = codes[-1] if len(codes) == LOOKED_AT_A_RUN else None

    def noted(found: Creditor) -> Creditor:
        """Changed again meanwhile, it begins again."""
        same = found.look_again_after == after and decide_alike(found, desk.creditor)
        return replace(found, look_again_after=reached) if same else found

    change_creditor(office.creditors, desk.creditor.code, noted)
    return pages
