"""One template, several stages: what differs is a parameter that exists."""

import tomllib

import pytest

from relance.cli.local_cloud import deployment
from relance.cli.local_cloud.places import Places
from tests.infra.template import ROOT
from tests.table_from_template import load_template

PARAMETERS = load_template()["Parameters"]
CONFIGURATION = tomllib.loads((ROOT / "samconfig.toml").read_text())


@pytest.mark.parametrize("stage", ["default", "prod"])
def test_a_stage_sets_parameters_of_the_template(stage: str) -> None:
    overrides = dict(
        pair.split("=")
        for pair in CONFIGURATION[stage]["deploy"]["parameters"]["parameter_overrides"].split()
    )

    assert set(overrides) <= set(PARAMETERS)
    assert overrides["Stage"] == ("prod" if stage == "prod" else "dev")


def test_the_local_cloud_sets_parameters_of_the_template() -> None:
    overrides = dict(pair.split("=") for pair in deployment.overrides(Places()))

    assert set(overrides) <= set(PARAMETERS)
    assert overrides["PythonRuntime"] in PARAMETERS["PythonRuntime"]["AllowedValues"]
    assert overrides["Stage"] == "dev"


def test_a_simulated_clock_is_refused_in_prod() -> None:
    (rule,) = load_template()["Rules"].values()

    assert rule["RuleCondition"] == ["Stage", "prod"]
    assert rule["Assertions"][0]["Assert"] == ["Clock", "system"]


def test_aws_gets_its_own_defaults() -> None:
    defaults = {name: parameter.get("Default") for name, parameter in PARAMETERS.items()}

    assert defaults["PythonRuntime"] == "python3.13"
    assert defaults["Architecture"] == "arm64"
    assert defaults["Clock"] == "system"
    assert defaults["LayersRoot"] == "/opt"
