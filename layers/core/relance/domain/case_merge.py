"""Two codes of the accounts became one: what people did on the items follows them (design §6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from relance.domain.calling import CALLS_KEPT
from relance.domain.case import Case, Progress
from relance.domain.debtor import Debtor
from relance.domain.holds import ManualHold, UnreadReply, items_of, rekeyed
from relance.domain.open_item import ItemKey
from relance.domain.release import carried_release
from relance.domain.task import Task, TaskKind

UNREAD = "merged-unread-reply"


def carried(source: Case, target: Case, moved: Mapping[ItemKey, ItemKey], today: date) -> Case:
    """The case of the code that stays, with the steps, the holds and the contacts of the other.
    A reply still to be read there holds this case too, until a person ends it.
    """
    progress = {moved[k]: v for k, v in source.progress.items() if k in moved}
    holds = [rekeyed(h, moved) for h in source.holds if set(items_of(h)) & set(moved)]
    if any(isinstance(hold, UnreadReply) for hold in source.holds):
        holds.append(ManualHold(f"{UNREAD}-{today}", UNREAD, today, None))
    holds += [h for h in source.holds if isinstance(h, ManualHold) and not h.items]
    known = {hold.key for hold in target.holds}
    contacts = sorted({*target.contacts, *source.contacts}, key=lambda one: (one.on, one.by))
    calls = tuple(sorted((*source.calls, *target.calls), key=lambda made: made.on))
    return replace(
        target,
        debtor=_completed(target.debtor, source.debtor),
        progress={**progress, **_better(target.progress, progress)},
        holds=(*target.holds, *(hold for hold in holds if hold.key not in known)),
        tasks=(*target.tasks, *_review(target, source, today)),
        contacts=tuple(contacts),
        calls=calls[-CALLS_KEPT:],
        causes={**{moved[k]: v for k, v in source.causes.items() if k in moved}, **target.causes},
        agenda=today if target.agenda is None else min(target.agenda, today),
        to_release=carried_release(source, target, moved),
    )


def left_behind(source: Case, moved: Mapping[ItemKey, ItemKey]) -> Case:
    """The case of the code that is gone, without what went along."""
    return replace(
        source,
        progress={key: value for key, value in source.progress.items() if key not in moved},
        holds=tuple(h for h in source.holds if not set(items_of(h)) & set(moved)),
        causes={key: value for key, value in source.causes.items() if key not in moved},
    )


def _better(
    known: Mapping[ItemKey, Progress], brought: Mapping[ItemKey, Progress]
) -> dict[ItemKey, Progress]:
    """What was done under the new code already stands, when it is more."""
    return {
        key: value
        for key, value in known.items()
        if key not in brought or len(value.performed) >= len(brought[key].performed)
    }


def _completed(debtor: Debtor, other: Debtor) -> Debtor:
    return replace(
        debtor,
        language=debtor.language or other.language,
        siren=debtor.siren or other.siren,
        address=debtor.address or other.address,
        collector=debtor.collector or other.collector,
        contacts=debtor.contacts or other.contacts,
        payment_days=debtor.payment_days or other.payment_days,
        payer=debtor.payer or (other.payer if other.payer != debtor.code else None),
        profile=debtor.profile or other.profile,
        payment_method=debtor.payment_method or other.payment_method,
        salesperson=debtor.salesperson or other.salesperson,
        flag=max((debtor.flag, other.flag), key=lambda one: one.kind.rank if one else 0),
    )


def _review(target: Case, source: Case, today: date) -> tuple[Task, ...]:
    """A person looks when something of the other case cannot follow by itself."""
    busy = source.live is not None or source.awaiting is not None
    unread = any(isinstance(hold, UnreadReply) for hold in source.holds)
    open_review = any(task.kind is TaskKind.REVIEW for task in target.tasks)
    if open_review or not (busy or unread):
        return ()
    return (Task(f"review-merged-{today}", TaskKind.REVIEW, today, today, detail="merged-debtor"),)
