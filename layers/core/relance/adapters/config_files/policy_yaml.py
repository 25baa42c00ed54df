"""Policies as YAML files, one per name: `standard.yaml` is shipped."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.config_files.validation import validate
from relance.adapters.config_files.yaml_document import Document, read_document
from relance.application.ports import NotFound
from relance.domain.policy import Base, Channel, Policy, Step

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class FilePolicies:
    """The policies of one folder, read once each."""

    def __init__(self, directory: Path):
        self._directory = directory
        self._read = cache(self._load)

    def get(self, name: str) -> Policy:
        """Raises NotFound, and ConfigRefused for a file that is not a policy."""
        return self._read(name)

    def names(self) -> frozenset[str]:
        return frozenset(path.stem for path in self._directory.glob("*.yaml"))

    def _load(self, name: str) -> Policy:
        path = self._directory / f"{name}.yaml"
        if not _NAME.fullmatch(name) or not path.is_file():
            raise NotFound("unknown-policy", {"policy": name})
        policy = read_policy(path.read_bytes(), name=path.name)
        if policy.name != name:
            problem = Problem("config-wrong-value", 1, ("name",), name)
            raise ConfigRefused.of(path.name, (problem,))
        return policy


def read_policy(content: bytes, *, name: str) -> Policy:
    """Raises ConfigRefused: file, line, field, and what to write."""
    document = read_document(content, name)
    policy = validate(Policy, document)
    problems = tuple(_problems(policy, document))
    if problems:
        raise ConfigRefused.of(name, problems)
    return policy


def _problems(policy: Policy, document: Document) -> Iterator[Problem]:
    if not policy.steps:
        yield _wrong(document, ("steps",), "at least one step")
    counts = Counter(step.key for step in policy.steps)
    deadline_given = False
    for index, step in enumerate(policy.steps):
        here = ("steps", index)
        if counts[step.key] > 1:
            yield _wrong(document, (*here, "key"), "a key that no other step has")
        if step.base is Base.DEADLINE and not deadline_given:
            yield _wrong(document, (*here, "base"), "due_date: no earlier step grants a deadline")
        deadline_given |= step.grants_days is not None
        yield from _of_step(step, document, index)
    yield from _order(policy, document)


def _of_step(step: Step, document: Document, index: int) -> Iterator[Problem]:
    here = ("steps", index)
    if not step.audience:
        yield _wrong(document, (*here, "audience"), "at least one role")
    for name in ("min_item", "min_total", "letter_from"):
        if getattr(step, name) < 0:
            yield _wrong(document, (*here, name), "0 or more")
    if step.is_formal_notice and step.grants_days is None:
        yield _wrong(document, (*here, "grants_days"), "days granted, e.g. 8: a formal notice")
    if step.letter_from and step.channel is not Channel.REGISTERED_LETTER:
        yield _wrong(document, (*here, "letter_from"), "nothing: for registered letters only")


def _order(policy: Policy, document: Document) -> Iterator[Problem]:
    """Levels rise: an escalation never goes back."""
    for index, (earlier, step) in enumerate(zip(policy.steps, policy.steps[1:], strict=False), 1):
        if step.level.rank < earlier.level.rank:
            yield _wrong(document, ("steps", index, "level"), f"{earlier.level} or higher")


def _wrong(document: Document, path: tuple[str | int, ...], expected: str) -> Problem:
    return Problem("config-wrong-value", document.line(path), path, expected)
