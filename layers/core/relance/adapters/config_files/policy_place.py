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
        """Where that field of the step was written, else what removed or changed its neighbours."""
        if not self.changes:
            return ("steps", index, field)
        for change in self.changes:
            for path in ((*change, "steps", step.key, field), (*change, "steps", step.key)):
                if path in self.document.lines:
                    return path
        return self.changes[0]

    def of_figure(self, name: str) -> Path:
        for change in self.changes:
            if (*change, name) in self.document.lines:
                return (*change, name)
        return (*(self.changes[0] if self.changes else ()), name)

    def problem(self, path: Path, expected: str, code: str = WRONG) -> Problem:
        return Problem(code, self.document.line(path), path, expected)
