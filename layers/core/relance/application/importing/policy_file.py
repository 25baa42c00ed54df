"""`policy.yaml`: the creditor's own escalation, a decision with its author in the evidence."""

from dataclasses import replace

from relance.application.drop_contents import PolicyFile
from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop
from relance.application.importing.refuse import refuse
from relance.application.importing.report import ImportReport, record
from relance.application.importing.tell import tell
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import Conflict, NotFound
from relance.domain.creditor import Creditor
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceDraft
from relance.domain.limits import limits_of
from relance.domain.looking_again import with_look_again
from relance.domain.policy import Approval, Policy

CHANGED = "policy-changed"


def import_policy(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: PolicyFile
) -> ImportOutcome:
    """It decides from the next run on. A shipped policy, dropped as it is, ends the creditor's own.

    Raises Conflict: the queue brings the drop back.
    """
    error = _mistake(file.policy, creditor)
    if error is not None:
        return refuse(doors, drop, error, kind="policy")
    key = f"reports/{drop.creditor}/policies/{drop.sha256}.yaml"
    doors.reports.put(key, drop.content, content_type="application/yaml")
    saved, changed = _save(doors, drop, creditor, file.policy, key)
    report = ImportReport(
        status="applied" if changed else "unchanged",
        kind="policy",
        detail={"policy": file.policy.name, "kept": key},
        counts={"steps": len(file.policy.steps)},
    )
    done = record(doors, drop, saved, report)
    stopped = stop_waiting(doors.office.creditors, drop.creditor, drop.event)
    return tell(doors, drop, stopped, report, done)


def _save(
    doors: ImportDoors, drop: Drop, creditor: Creditor, policy: Policy, key: str
) -> tuple[Creditor, bool]:
    """The creditor as stored, and whether its policy changed."""
    own = None if policy == _shipped(doors, policy.name) else policy
    for _ in range(COMMIT_ATTEMPTS):
        before = doors.office.creditors.get(creditor.code)
        chosen = policy.name if own is None else before.profile.policy
        after = replace(before, own_policy=own, profile=replace(before.profile, policy=chosen))
        if after == before:
            return before, False
        after = with_look_again(before, after)
        entry = EvidenceDraft(
            at=doors.office.clock.now(),
            actor=drop.event.uploaded_by,
            kind=CHANGED,
            facts={
                "policy": policy.name,
                "drop": drop.event.key,
                "drop_sha256": drop.sha256,
                "kept": key,
            },
        )
        try:
            return doors.office.creditors.save(after, entry), True
        except Conflict:
            continue
    raise Conflict("creditor-busy", {"creditor": creditor.code})


def _shipped(doors: ImportDoors, name: str) -> Policy | None:
    try:
        return doors.office.policies.get(name)
    except NotFound:
        return None


def _mistake(policy: Policy, creditor: Creditor) -> RelanceError | None:
    hasty = hasty_step(policy)
    if hasty is not None:
        return RelanceError("policy-formal-notice-auto", {"step": hasty})
    limits = limits_of(creditor.profile, policy)
    if limits.send_from >= limits.send_until:
        window = {"opens": f"{limits.send_from:%H:%M}", "closes": f"{limits.send_until:%H:%M}"}
        return RelanceError("policy-window-empty", window)
    return None


def hasty_step(policy: Policy) -> str | None:
    """A formal notice that no person would approve, for whichever debtor: the machine never orders
    one (design §5).
    """
    changes = [*policy.profiles.values(), *policy.debtors.values()]
    for one in (policy, *(policy.with_overrides(change) for change in changes)):
        formal = (step for step in one.steps if step.is_formal_notice)
        found = next((s.key for s in formal if s.approval is not Approval.CONFIRM), None)
        if found is not None:
            return found
    return None
