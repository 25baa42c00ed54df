"""What people decide about a whole creditor: its mode, the pause that stops everything, the batch
of a day, an address that many may share.
"""

from collections.abc import Collection
from dataclasses import replace

from relance.application.change_creditor import Change, change_creditor
from relance.application.dispatch import DispatchReport, Gate, dispatch_all
from relance.application.office import Office
from relance.application.people import NotAllowed
from relance.application.ports import NotFound
from relance.domain.creditor import Creditor, Mode, Pause
from relance.domain.evidence import EvidenceDraft


def change_mode(
    creditor: str,
    mode: Mode,
    author: str,
    *,
    office: Office,
    redirect_to: str | None = None,
    allow_list: Collection[str] | None = None,
) -> Creditor:
    """What may leave from the next dispatch on. redirect_to: for the mode redirect, allow_list:
    codes of debtors, for the mode of that name; None: as it was. Raises NotAllowed without what its
    mode needs, NotFound for a debtor that has no case.
    """
    before = office.creditors.get(creditor)
    to = redirect_to or before.redirect_to
    listed = before.allow_list if allow_list is None else frozenset(allow_list)
    if mode is Mode.REDIRECT and not to:
        raise NotAllowed("redirect-address-missing", {"creditor": creditor})
    if mode is Mode.ALLOW_LIST:
        _check_listed(creditor, listed, office)
    facts = {"mode": str(mode), "before": str(before.mode)}
    if mode is Mode.ALLOW_LIST:
        facts["allow_list"] = " ".join(sorted(listed))
    personal = {"redirect_to": to} if mode is Mode.REDIRECT and to else {}
    entry = EvidenceDraft(office.clock.now(), author, "mode-changed", facts, personal)

    def change(found: Creditor) -> Creditor:
        return replace(found, mode=mode, redirect_to=to, allow_list=listed)

    return change_creditor(office.creditors, creditor, change, lambda _: entry)


def _check_listed(creditor: str, listed: Collection[str], office: Office) -> None:
    if not listed:
        raise NotAllowed("allow-list-empty", {"creditor": creditor})
    known = set(office.stores.of(creditor).cases.debtors())
    unknown = sorted(set(listed) - known)
    if unknown:
        raise NotFound("no-such-case", {"creditor": creditor, "debtor": unknown[0]})


def pause(creditor: str, author: str, reason: str, *, office: Office) -> Creditor:
    """Stops at once what is planned, let out, queued or awaiting approval: the sender reads this
    row.
    """
    stop = Pause(office.clock.now(), author, reason)
    facts = {"reason": reason}
    return _change(creditor, office, author, "paused", facts, lambda c: replace(c, pause=stop))


def resume(creditor: str, author: str, *, office: Office) -> Creditor:
    return _change(creditor, office, author, "resumed", {}, lambda c: replace(c, pause=None))


def release_day(creditor: str, author: str, *, gate: Gate) -> DispatchReport:
    """The batch of today may leave, in the mode confirm: at once when the window is open, else at
    its opening. Raises NotAllowed in any other mode.
    """
    desk = gate.office.open(creditor)
    if desk.creditor.mode is not Mode.CONFIRM:
        raise NotAllowed("no-batch-to-release", {"mode": str(desk.creditor.mode)})
    facts = {"day": desk.today.isoformat()}
    _change(
        creditor,
        gate.office,
        author,
        "day-released",
        facts,
        lambda c: replace(c, released_for=desk.today),
    )
    return dispatch_all(creditor, gate=gate)


def allow_address(creditor: str, address: str, author: str, *, gate: Gate) -> DispatchReport:
    """So many unrelated debtors do share it: it stops no run any more, today's included. Raises
    NotFound when it is no contact's.
    """
    desk = gate.office.open(creditor)
    key = address.strip().lower()
    debtors = desk.cases.of_address(key)
    if not debtors:
        raise NotFound("no-such-address", {"creditor": creditor})
    entry = EvidenceDraft(
        at=desk.now,
        actor=author,
        kind="address-allowed",
        facts={"debtors": str(len(debtors))},
        personal={"address": key},
    )

    def change(found: Creditor) -> Creditor:
        return replace(found, allowed_addresses=found.allowed_addresses | {key})

    change_creditor(gate.office.creditors, creditor, change, lambda _: entry)
    return dispatch_all(creditor, gate=gate)


def _change(
    creditor: str, office: Office, author: str, kind: str, facts: dict[str, str], change: Change
) -> Creditor:
    entry = EvidenceDraft(office.clock.now(), author, kind, facts)
    return change_creditor(office.creditors, creditor, change, lambda _: entry)
