"""When the run of a day is over: its pages are decided in any order, by several functions at once.

The start writes which pages it queued, each page that it is decided, both in one row that DynamoDB
updates and answers with. Whoever finds it complete queues the mail of the morning: the last page,
or the start when the pages were faster. Two that find it so queue it twice, and the second mail
finds that the first left (`morning/send.py`).
"""

from collections.abc import Sequence

from relance.application.office import Desk
from relance.application.ports import PlanQueue
from relance.application.run_records import RunNote, page_key


def begin_run(desk: Desk, pages: Sequence[tuple[str, ...]], queue: PlanQueue) -> None:
    """Once all pages are queued. Without any there is nothing to wait for, but what a start of the
    same day may have queued.
    """
    runs, today = desk.stores.runs, desk.today
    keys = frozenset(page_key(page) for page in pages)
    run = runs.expect(today, keys) if keys else runs.progress(today)
    if run.is_complete or run.expected is None:
        queue.put_morning(desk.creditor.code, today)


def finish_page(
    desk: Desk, debtors: tuple[str, ...], notes: Sequence[RunNote], queue: PlanQueue
) -> None:
    """Once all its cases are decided: one that could not be brings its page back, unfinished."""
    done = desk.stores.runs.finish(desk.today, page_key(debtors), notes)
    if done.is_complete:
        queue.put_morning(desk.creditor.code, desk.today)
