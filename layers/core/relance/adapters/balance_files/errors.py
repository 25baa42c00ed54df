"""Why a dropped file was not read: a refusal, or a question a person can answer."""

from dataclasses import dataclass, field

from relance.domain.balance_reading import ReadColumn
from relance.domain.errors import RelanceError


@dataclass(eq=False)
class BalanceRefused(RelanceError):
    """The file cannot be read as a balance, whatever is answered."""


@dataclass(frozen=True, slots=True)
class SeenTable:
    """The table as understood so far: its columns and its first rows, as text."""

    columns: tuple[ReadColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(eq=False)
class BalanceQuestion(RelanceError):
    """Two readings are possible: nothing is guessed, the hint that settles it is asked for.

    seen: cells or column names that show the doubt; table: the file as understood. They stay out
    of `detail`, which is logged.
    """

    seen: tuple[str, ...] = ()
    table: SeenTable = field(default_factory=SeenTable)
