"""Our own people, as files name them: by key, name or e-mail address."""

from dataclasses import replace

from relance.domain.creditor import CreditorProfile
from relance.domain.reconciliation.changes import DebtorChange


def collector_named(named: str | None, profile: CreditorProfile) -> str | None:
    """The key of the collector; None when the creditor has no such one."""
    wanted = (named or "").strip().casefold()
    for one in profile.collectors:
        if wanted in {one.key.casefold(), one.name.casefold(), one.email.casefold()}:
            return one.key
    return None


def with_people(change: DebtorChange, profile: CreditorProfile) -> DebtorChange:
    """The change with the key of the collector that its rows name; a stranger collects nothing."""
    if change.parties is None:
        return change
    found = collector_named(change.parties.collector, profile)
    return replace(change, parties=replace(change.parties, collector=found))
