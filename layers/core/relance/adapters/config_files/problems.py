"""What is wrong with a configuration file: which line, which field, and what to write instead."""

from dataclasses import dataclass
from typing import Self

from relance.domain.errors import RelanceError


@dataclass(frozen=True, slots=True)
class Problem:
    """path: as in ("identity", "address", "lines", 0); expected: what to write, never the value
    that was there, which may be a secret or personal.
    """

    code: str
    line: int
    path: tuple[str | int, ...]
    expected: str

    @property
    def field(self) -> str:
        """As in "collectors[0].email"."""
        text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in self.path)
        return text.removeprefix(".")

    def detail(self, file: str) -> dict[str, str]:
        """What its sentence needs."""
        return {
            "file": file,
            "line": str(self.line),
            "field": self.field,
            "expected": self.expected,
        }


@dataclass(eq=False)
class ConfigRefused(RelanceError):
    """code, detail: of the first problem; problems: all of them, in the order of the file."""

    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, file: str, problems: tuple[Problem, ...]) -> Self:
        ordered = tuple(sorted(problems, key=lambda problem: problem.line))
        return cls(ordered[0].code, ordered[0].detail(file), ordered)

    @property
    def seen(self) -> tuple[str, ...]:
        """The other problems, one line each, so that one drop is enough to mend them all."""
        return tuple(f"{p.line}: {p.field}: {p.expected}" for p in self.problems[1:])
