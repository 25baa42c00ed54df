"""The writes of the changes that move together, by what may be written apart."""

from dataclasses import dataclass

from relance.adapters.dynamodb.transactions import Write


@dataclass(frozen=True, slots=True)
class ChangeWrites:
    """case: its row; proof: what must move with it; facts: items and new pointers, harmless when
    written earlier; removals: items and pointers it no longer has, harmless when deleted later.
    """

    case: Write
    proof: tuple[Write, ...]
    facts: tuple[Write, ...]
    removals: tuple[Write, ...]


@dataclass(frozen=True, slots=True)
class Transaction:
    """The writes of all changes that move together."""

    changes: tuple[ChangeWrites, ...]

    @property
    def last(self) -> tuple[Write, ...]:
        """What must not move one without the other."""
        return tuple(write for one in self.changes for write in (one.case, *one.proof))

    @property
    def facts(self) -> tuple[Write, ...]:
        return tuple(write for one in self.changes for write in one.facts)

    @property
    def removals(self) -> tuple[Write, ...]:
        return tuple(write for one in self.changes for write in one.removals)

    @property
    def all(self) -> tuple[Write, ...]:
        return (*self.last, *self.facts, *self.removals)
