"""Who reads a mail of the morning: finance all of it, each collector what is theirs."""

from dataclasses import dataclass

from relance.application.morning.entries import Entry
from relance.domain.creditor import CreditorProfile
from relance.domain.team import FINANCE


@dataclass(frozen=True, slots=True)
class Recipient:
    """keys: of the collectors who read at this address; key: finance, or the first of them."""

    key: str
    email: str
    keys: frozenset[str]

    @property
    def is_finance(self) -> bool:
        return self.key == FINANCE

    def reads(self, entry: Entry) -> bool:
        """also: the key of another person who is told, because the first has not answered."""
        return self.is_finance or bool({entry["who"], entry.get("also")} & self.keys)


def recipients_of(profile: CreditorProfile) -> tuple[Recipient, ...]:
    """One mail an address: whoever is finance and collector gets one."""
    keys: dict[str, list[str]] = {profile.finance_email.lower(): [FINANCE]}
    emails = {profile.finance_email.lower(): profile.finance_email}
    for one in profile.collectors:
        keys.setdefault(one.email.lower(), []).append(one.key)
        emails.setdefault(one.email.lower(), one.email)
    return tuple(Recipient(found[0], emails[at], frozenset(found)) for at, found in keys.items())
