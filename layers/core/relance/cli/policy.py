"""`relance check-policy FILE` and `relance policy-schema`: policies, without AWS.

Exit status of check-policy: 0 it may be dropped, 2 refused, with what to write instead.
"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from relance import bootstrap
from relance.adapters.config_files.policy_schema import policy_schema
from relance.adapters.config_files.policy_yaml import read_policy
from relance.adapters.config_files.problems import ConfigRefused
from relance.cli.config_mistakes import mistakes, print_mistakes
from relance.cli.language import AsJson
from relance.cli.read import Lang
from relance.domain.policy import Policy

_REFUSED = 2
_UNREADABLE = {
    "fr": "Ce fichier ne se lit pas : donnez le chemin d’une politique (policy.yaml).",
    "en": "This file cannot be read: give the path of a policy (policy.yaml).",
}
_FOUND = {
    "fr": "{file} : la politique « {name} » est bonne. {steps} étapes, {profiles} profils payeurs "
    "et {debtors} clients à part.",
    "en": "{file}: the policy “{name}” is sound. {steps} steps, {profiles} payer profiles and "
    "{debtors} customers apart.",
}


def check_policy(
    file: Annotated[Path, typer.Argument(help="A policy (policy.yaml).")],
    as_json: AsJson = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Language.")] = Lang.EN,
) -> None:
    """Say what is wrong with a policy before it is dropped: line, field, what to write."""
    language = lang.value
    try:
        policy = read_policy(
            file.read_bytes(), name=file.name, surroundings=bootstrap.policy_surroundings()
        )
    except OSError:
        _show_refused(file.name, [{"text": _UNREADABLE[language]}], as_json=as_json)
        raise typer.Exit(_REFUSED) from None
    except ConfigRefused as refused:
        _show_refused(file.name, mistakes(refused, language), as_json=as_json)
        raise typer.Exit(_REFUSED) from None
    if as_json:
        typer.echo(json.dumps(_as_document(file.name, policy), ensure_ascii=False))
    else:
        counts = {"steps": len(policy.steps), "profiles": len(policy.profiles)}
        counts |= {"debtors": len(policy.debtors)}
        typer.echo(_FOUND[language].format(file=file.name, name=policy.name, **counts))


def schema() -> None:
    """Print the JSON Schema of policies (docs/policy.schema.json)."""
    typer.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))


def _show_refused(file: str, problems: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        found = {"file": file, "valid": False, "problems": problems}
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        print_mistakes(file, problems)


def _as_document(file: str, policy: Policy) -> dict[str, Any]:
    return {
        "file": file,
        "valid": True,
        "problems": [],
        "name": policy.name,
        "steps": [
            {
                "key": step.key,
                "level": step.level.value,
                "base": step.base.value,
                "after_days": step.after_days,
                "channel": step.channel.value,
            }
            for step in policy.steps
        ],
        "profiles": sorted(profile.value for profile in policy.profiles),
        "debtors": sorted(policy.debtors),
    }
