"""What must be true of a policy once it is changed for a payer profile or for a debtor."""

from collections.abc import Iterator
from dataclasses import fields, replace

from relance.adapters.config_files.policy_figures import figure_problems
from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.policy_steps import step_problems
from relance.adapters.config_files.problems import Problem
from relance.adapters.config_files.yaml_document import Document, Path
from relance.adapters.contact_words import profile_of
from relance.domain.debtor import PayerProfile
from relance.domain.policy import Policy
from relance.domain.policy_overrides import Overrides

_INSOLVENT = "insolvent"
_OF_POLICY = {one.name for one in fields(Policy)}


def strange_profiles(document: Document) -> Iterator[Problem]:
    """Profiles that do not exist; insolvency is a legal state, not a way to pay."""
    written = document.values.get("profiles")
    for name in written if isinstance(written, dict) else ():
        path: Path = ("profiles", name)
        if name == _INSOLVENT:
            line = document.line(path)
            yield Problem("policy-profile-insolvent", line, path, PayerProfile.SHORT_OF_CASH)
        elif name not in set(PayerProfile):
            near = profile_of(name)
            expected = str(near) if near else "one of: " + ", ".join(PayerProfile)
            yield Problem("policy-unknown-profile", document.line(path), path, expected)


def reworded(problem: Problem) -> Problem:
    """A figure of the whole creditor, written for some debtors, is no misspelling of another."""
    path = problem.path
    is_change = len(path) == 3 and path[0] in {"profiles", "debtors"}
    if problem.code == "config-unknown-key" and is_change and path[2] in _OF_POLICY:
        return replace(problem, code="policy-creditor-wide", expected=f"{path[2]}: …")
    return problem


def override_problems(policy: Policy, document: Document) -> Iterator[Problem]:
    """Each change alone, and what a debtor's changes make of each profile's."""
    unknown = list(_unknown_steps(policy, document))
    yield from unknown
    if unknown:
        return
    seen: set[tuple[str, Path]] = set()
    for changes, applied in _applied(policy):
        place = PolicyPlace(document, changes)
        changed = policy.with_overrides(*applied)
        for problem in (*step_problems(changed, place), *figure_problems(changed, place)):
            if (problem.code, problem.path) not in seen:
                seen.add((problem.code, problem.path))
                yield problem


def changes_of(policy: Policy) -> list[tuple[Path, Overrides]]:
    """Each of them, and where it stands in the file."""
    found: list[tuple[Path, Overrides]] = []
    found += [(("profiles", str(name)), one) for name, one in policy.profiles.items()]
    found += [(("debtors", code), one) for code, one in policy.debtors.items()]
    return found


def _applied(policy: Policy) -> Iterator[tuple[tuple[Path, ...], tuple[Overrides, ...]]]:
    """The paths, the strongest first, and the changes in the order in which they apply."""
    for profile, by_profile in policy.profiles.items():
        yield (("profiles", str(profile)),), (by_profile,)
    for code, own in policy.debtors.items():
        mine: Path = ("debtors", code)
        yield (mine,), (own,)
        for profile, by_profile in policy.profiles.items():
            yield (mine, ("profiles", str(profile))), (by_profile, own)


def _unknown_steps(policy: Policy, document: Document) -> Iterator[Problem]:
    keys = {step.key for step in policy.steps}
    expected = "one of: " + ", ".join(step.key for step in policy.steps)
    for here, change in changes_of(policy):
        paths = [(*here, "steps", key) for key in change.steps if key not in keys]
        paths += [(*here, "without", i) for i, k in enumerate(change.without) if k not in keys]
        for path in paths:
            yield Problem("policy-unknown-step", document.line(path), path, expected)
