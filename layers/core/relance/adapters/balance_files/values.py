"""What columns of values share: bad cells, and votes on how a column is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from relance.adapters.balance_files.errors import BalanceQuestion

NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "na", "null", "none", "nan", "#n/a", "nil"})
"""How exports write "no value" in a date or amount column."""

_TOLERATED = 0.2
_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that holds something, and not what its column holds."""

    reason: str
    text: str


@dataclass(slots=True)
class Ballot:
    """Cells of one column, by the only notation that explains them.

    tied: cells that two notations explain differently.
    """

    votes: dict[str, int] = field(default_factory=dict)
    tied: list[str] = field(default_factory=list)

    def cast(self, choice: str, count: int = 1) -> None:
        if count:
            self.votes[choice] = self.votes.get(choice, 0) + count

    def winner(self) -> str | None:
        return max(self.votes, key=lambda choice: self.votes[choice]) if self.votes else None

    @property
    def is_mixed(self) -> bool:
        total = sum(self.votes.values())
        return bool(total) and total - max(self.votes.values()) > _TOLERATED * total


def elect(ballot: Ballot, others: Iterable[Ballot], hint: str | None, code: str, name: str) -> str:
    """The notation of a column: its own evidence, else the hint, else the file's other columns.

    "" when no cell depends on it. Raises BalanceQuestion(code) on a tie, (code-mixed) when a
    column contradicts itself.
    """
    if ballot.is_mixed:
        raise BalanceQuestion(f"{code}-mixed", {"column": name}, tuple(ballot.tied[:_SAMPLES]))
    own = ballot.winner()
    if own or not ballot.tied:
        return own or hint or ""
    if hint:
        return hint
    found = {other.winner() for other in others if other.votes and not other.is_mixed}
    if len(found) == 1:
        return found.pop() or ""
    raise BalanceQuestion(f"{code}-tied", {"column": name}, tuple(ballot.tied[:_SAMPLES]))
