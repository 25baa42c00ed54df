"""Why a dropped file was not read: a refusal, or a question a person can answer."""

from dataclasses import dataclass

from relance.domain.errors import RelanceError


@dataclass(eq=False)
class BalanceRefused(RelanceError):
    """The file cannot be read as a balance, whatever is answered."""


@dataclass(eq=False)
class BalanceQuestion(RelanceError):
    """Two readings are possible: nothing is guessed, the hint that settles it is asked for.

    seen: cells or column names that show the doubt. They stay out of `detail`, which is logged.
    """

    seen: tuple[str, ...] = ()
