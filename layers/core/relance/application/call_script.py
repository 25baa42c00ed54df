"""What a collector says on the telephone, per level and payer profile."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallScript:
    """aim: what the call is for; say: how it begins; ask: the questions, in their order; listen:
    what to do of the answers; profile: what this payer needs.
    """

    aim: str
    say: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    listen: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
