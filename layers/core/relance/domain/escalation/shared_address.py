"""One address for many debtors who have nothing to do with each other: a file gone wrong, perhaps,
and everybody's accounts in one mailbox (design §5 rule 7).
"""

from collections.abc import Iterable

from relance.domain.debtor import Debtor

MOST_UNRELATED = 5


def is_suspect(debtors: Iterable[Debtor]) -> bool:
    """Whether more than five unrelated debtors share an address; those of one payer or of one legal
    entity are one.
    """
    return len(_groups(debtors)) > MOST_UNRELATED


def _groups(debtors: Iterable[Debtor]) -> list[set[str]]:
    """What ties them, joined group by group."""
    groups: list[set[str]] = []
    for debtor in debtors:
        ties = {f"payer {debtor.payer or debtor.code}", f"debtor {debtor.code}"}
        if debtor.siren:
            ties.add(f"siren {debtor.siren}")
        joined = [group for group in groups if group & ties]
        groups = [group for group in groups if group not in joined]
        groups.append(ties.union(*joined))
    return groups
