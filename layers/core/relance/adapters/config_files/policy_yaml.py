"""Policies as YAML files, one per name: `standard.yaml` is shipped."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from relance.adapters.config_files.policy_changes import (
    changes_of,
    override_problems,
    reworded,
    strange_profiles,
)
from relance.adapters.config_files.policy_figures import creditor_problems, figure_problems
from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.policy_steps import step_problems
from relance.adapters.config_files.policy_templates import template_problems
from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.config_files.validation import validate
from relance.adapters.config_files.yaml_document import Document, read_document
from relance.application.ports import NotFound
from relance.domain.policy import Policy

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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a policy names outside of its file. None: it is not looked at. shipped: the policies
    that one may start from.
    """

    templates: Path | None = None
    is_region: Callable[[str], bool] | None = None
    shipped: frozenset[str] = frozenset()


UNKNOWN = Surroundings()


def read_policy(content: bytes, *, name: str, surroundings: Surroundings = UNKNOWN) -> Policy:
    """Raises ConfigRefused: file, line, field, and what to write."""
    document = read_document(content, name, instead=_start(surroundings.shipped))
    strangers = tuple(strange_profiles(document))
    try:
        policy = validate(Policy, _without(document, {p.path[-1] for p in strangers}))
    except ConfigRefused as refused:
        raise ConfigRefused.of(name, (*strangers, *map(reworded, refused.problems))) from refused
    problems = (*strangers, *_problems(policy, document, surroundings))
    if problems:
        raise ConfigRefused.of(name, problems)
    return policy


def _start(shipped: frozenset[str]) -> str:
    if not shipped:
        return "key: value lines"
    return "the lines of a policy, from one that is shipped: " + ", ".join(sorted(shipped))


def _without(document: Document, profiles: set[str | int]) -> Document:
    """The rest is checked all the same, so that one drop is enough to mend it all."""
    if not profiles:
        return document
    kept = {k: v for k, v in document.values["profiles"].items() if k not in profiles}
    return replace(document, values={**document.values, "profiles": kept})


def _problems(policy: Policy, document: Document, surroundings: Surroundings) -> Iterator[Problem]:
    """What changes for some debtors is looked at only in a policy that is sound without it."""
    place = PolicyPlace(document)
    found = [*step_problems(policy, place), *figure_problems(policy, place)]
    found += creditor_problems(policy, place, surroundings.is_region)
    found = found or list(override_problems(policy, document))
    yield from found
    if surroundings.templates is not None:
        yield from _templates(policy, place, surroundings.templates)


def _templates(policy: Policy, place: PolicyPlace, folder: Path) -> Iterator[Problem]:
    found = list(template_problems(policy, place, folder))
    yield from found
    for here, change in () if found else changes_of(policy):
        changed = PolicyPlace(place.document, (here,))
        yield from template_problems(policy.with_overrides(change), changed, folder)
