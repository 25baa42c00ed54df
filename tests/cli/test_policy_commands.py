"""`relance check-policy` and `policy-schema`: no AWS, exit status 0 or 2, text or JSON."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from relance.adapters.config_files.policy_schema import policy_schema
from relance.cli.app import app
from tests.builders import POLICIES

RUNNER = CliRunner()
STANDARD = (POLICIES / "standard.yaml").read_text(encoding="utf-8")


def run(tmp_path: Path, content: str, *options: str) -> tuple[int, str]:
    file = tmp_path / "policy.yaml"
    file.write_text(content, encoding="utf-8")
    result = RUNNER.invoke(app, ["check-policy", str(file), *options])
    return result.exit_code, result.output


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_policies_pass(path: Path) -> None:
    result = RUNNER.invoke(app, ["check-policy", str(path), "--json"])
    found = json.loads(result.output)
    assert (result.exit_code, found["valid"], found["name"]) == (0, True, path.stem)
    assert [step["key"] for step in found["steps"]][-1] == "hand_over"


def test_what_is_sound_is_told_in_a_line(tmp_path: Path) -> None:
    assert run(tmp_path, STANDARD) == (
        0,
        "policy.yaml: the policy “standard” is sound. 12 steps, 7 payer profiles and 0 customers "
        "apart.\n",
    )
    assert "est bonne" in run(tmp_path, STANDARD, "--lang", "fr")[1]


def test_each_mistake_is_a_line(tmp_path: Path) -> None:
    wrong = STANDARD.replace("bad_payer:", "insolvent:").replace(
        "short_of_cash:\n", "negligents:\n"
    )
    status, text = run(tmp_path, wrong, "--lang", "fr")
    lines = text.splitlines()
    assert (status, len(lines)) == (2, 2)
    assert "profiles.insolvent" in lines[0]
    assert "écrivez short_of_cash" in lines[0]
    assert "profil payeur inconnu" in lines[1]


def test_its_json_has_them_all(tmp_path: Path) -> None:
    wrong = STANDARD.replace("after_days: 14, letter_from: 0", "after_days: 4, letter_from: 0")
    status, text = run(tmp_path, wrong, "--json")
    found = json.loads(text)
    assert (status, found["valid"]) == (2, False)
    (problem,) = found["problems"]
    assert problem["code"] == "policy-levels-overlap"
    assert problem["field"] == "profiles.bad_payer.steps.letter_2.after_days"
    assert wrong.splitlines()[problem["line"] - 1].strip().startswith("letter_2:")
    assert problem["expected"] == "9"
    assert "write 9 or more" in problem["text"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_that_is_not_there(tmp_path: Path, options: tuple[str, ...]) -> None:
    result = RUNNER.invoke(app, ["check-policy", str(tmp_path / "none.yaml"), *options])
    assert result.exit_code == 2
    assert "cannot be read" in result.output


def test_a_file_that_is_no_yaml(tmp_path: Path) -> None:
    status, text = run(tmp_path, "name: [", "--lang", "fr")
    assert status == 2
    assert text.startswith("policy.yaml: Ligne ")


def test_the_schema() -> None:
    result = RUNNER.invoke(app, ["policy-schema"])
    assert (result.exit_code, json.loads(result.output)) == (0, policy_schema())
