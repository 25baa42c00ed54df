"""Whether the templates that a policy names exist, in each language that we write."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.problems import Problem
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.policy import Channel, Policy, Step

LANGUAGES = ("fr", "en")
_NO_REMINDERS = {step.template for step in OWN_STEPS.values()}
"""They tell of something agreed: a reminder in their words would have nothing to fill them."""


def template_problems(policy: Policy, place: PolicyPlace, templates: Path) -> Iterator[Problem]:
    """Any message may leave as an e-mail: an e-mail template for each. A registered letter has one
    of its own; without it, a letter says on paper what its e-mail says. What a call or a task is
    about is no template.
    """
    for index, step in enumerate(policy.steps):
        if step.announces is not None and step.announces not in _announced(templates):
            path = place.of_step(step, index, "announces")
            yield place.problem(path, "one of: " + ", ".join(sorted(_announced(templates))))
        missing = [name for name in _files(step) if not (templates / name).is_file()]
        if missing or step.template in _NO_REMINDERS:
            path = place.of_step(step, index, "template")
            yield place.problem(path, _existing(step, templates), "policy-no-template")


def _files(step: Step) -> Iterator[str]:
    for language in LANGUAGES if step.channel.is_message else ():
        yield f"{language}/email/{step.template}/subject.txt.j2"
        yield f"{language}/email/{step.template}/body.txt.j2"
        if step.channel is Channel.REGISTERED_LETTER:
            yield f"{language}/letter/{step.template}.html.j2"


@cache
def _announced(templates: Path) -> frozenset[str]:
    """What a formal notice may say will follow: the words that each language has for it."""
    found = [
        set(yaml.safe_load((templates / name / "words.yaml").read_text("utf-8"))["announces"])
        for name in LANGUAGES
    ]
    return frozenset(set.intersection(*found))


def _existing(step: Step, templates: Path) -> str:
    found = {path.parent.name for path in (templates / "fr/email").glob("*/body.txt.j2")}
    if step.channel is Channel.REGISTERED_LETTER:
        found &= {
            path.name.removesuffix(".html.j2") for path in (templates / "fr/letter").glob("*")
        }
    return "one of: " + ", ".join(sorted(found - _NO_REMINDERS))
