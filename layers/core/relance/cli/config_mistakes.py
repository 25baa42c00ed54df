"""What is wrong in a configuration file, as every command shows it: file, line, what to write."""

from typing import Any

import typer

from relance.adapters.config_files.problems import ConfigRefused
from relance.adapters.messages.config_expected import expected_in
from relance.adapters.messages.config_messages import config_sentence


def mistakes(refused: ConfigRefused, language: str) -> list[dict[str, Any]]:
    """The documented shape (docs/policy.md), in the order of the file."""
    file = refused.detail["file"]
    return [
        {
            "code": problem.code,
            "line": problem.line,
            "field": problem.field,
            "expected": expected_in(language, problem.expected),
            "text": config_sentence(problem.code, language, problem.detail(file)) or problem.code,
        }
        for problem in refused.problems
    ]


def print_mistakes(file: str, problems: list[dict[str, Any]]) -> None:
    for problem in problems:
        typer.echo(f"{file}: {problem['text']}", err=True)
