"""Where a figure of a policy stands in its file: in the policy itself, or in what it changes."""

from dataclasses import dataclass

from relance.adapters.config_files.problems import Problem
from relance.adapters.config_files.yaml_document import Document, Path
from relance.domain.policy import Step

WRONG = "config-wrong-value"


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """changes: the paths of the overrides that were applied, the strongest first; none: the policy
    itself is looked at.
    """

    document: Document
    changes: tuple[Path, ...] = ()

    def of_step(self, step: Step, index: int, field: str) -> Path:
        """Where that field of the step was written, else where it would be."""
        if not self.changes:
            return ("steps", index, field)
        steps = [(*change, "steps", step.key) for change in self.changes]
        for path in steps:
            if (*path, field) in self.document.lines:
                return (*path, field)
        changed = next((path for path in steps if path in self.document.lines), steps[0])
        return (*changed, field)

    def of_figure(self, name: str) -> Path:
        for change in self.changes:
            if (*change, name) in self.document.lines:
                return (*change, name)
        return (*(self.changes[0] if self.changes else ()), name)

    def problem(
        self, path: Path, expected: str, code: str = WRONG, *, beside: Path | None = None
    ) -> Problem:
        """beside: the field of another step that it does not go with."""
        return Problem(code, self._line(path, beside), path, expected)

    def _line(self, path: Path, beside: Path | None) -> int:
        """What nobody wrote in a change is told at the line that brought it about: the change of
        its neighbour, the steps that were left out.
        """
        lines = self.document.lines
        if path not in lines and self.changes:
            left_out = ((*change, "without") for change in self.changes)
            for near in (beside, path[:-1], *left_out):
                if near in lines and near not in self.changes:
                    return lines[near]
        return self.document.line(path)
