"""Who else the rows of a debtor name: our salesperson and collector, who pays for it."""

from collections.abc import Iterable

from relance.domain.balance_reading import ReadItem, ReadParties


def parties_of(lines: Iterable[ReadItem]) -> ReadParties | None:
    """The first row that names each wins; None: no row names anybody."""
    named = [line.parties for line in lines if line.parties is not None]
    found = ReadParties(
        salesperson=next((one.salesperson for one in named if one.salesperson), None),
        collector=next((one.collector for one in named if one.collector), None),
        payer=next((one.payer for one in named if one.payer), None),
    )
    return found if found != ReadParties() else None


def with_parties(known: ReadParties | None, now: ReadParties | None) -> ReadParties | None:
    """A file that no longer says it takes nothing back."""
    if known is None or now is None:
        return now or known
    return ReadParties(
        salesperson=now.salesperson or known.salesperson,
        collector=now.collector or known.collector,
        payer=now.payer or known.payer,
    )
