"""A function is a folder, a resource, an event to try it with, and a test: all four or none."""

import re
from typing import TYPE_CHECKING

import pytest

from relance import settings
from tests.infra.template import FUNCTIONS, ROOT, functions, logical_id, of_type
from tests.table_from_template import load_template

if TYPE_CHECKING:
    from collections.abc import Mapping

# Read by libraries and by the runtime, not by us.
NOT_OURS = re.compile(r"POWERTOOLS_|FONTCONFIG_PATH$|LD_LIBRARY_PATH$")
# Read where the templates are, for all functions alike.
SHARED = {"TEMPLATES_DIR"}


def test_every_folder_is_a_resource_and_every_resource_a_folder() -> None:
    assert set(functions()) == FUNCTIONS


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_the_resource_is_named_after_its_folder(folder: str) -> None:
    assert logical_id(folder) in of_type("AWS::Serverless::Function")


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_there_is_an_event_to_try_it_with(folder: str) -> None:
    assert list((ROOT / "events").glob(f"{folder}*.json"))


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_it_has_a_test(folder: str) -> None:
    tests = [path.read_text() for path in (ROOT / "tests" / "functions").glob("test_*.py")]

    assert any(re.search(rf"\b{folder}\b", text) for text in tests)


def test_every_event_is_of_a_function() -> None:
    for path in (ROOT / "events").glob("*.json"):
        assert any(path.stem.startswith(folder) for folder in FUNCTIONS), path.name


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_its_variables_are_the_fields_of_its_settings(folder: str) -> None:
    class_name = logical_id(folder).removesuffix("Function") + "Settings"
    fields = {name.upper() for name in getattr(settings, class_name).__dataclass_fields__}

    assert declared_variables(folder) == fields


def declared_variables(folder: str) -> set[str]:
    shared: Mapping[str, str] = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    own: Mapping[str, str] = functions()[folder].get("Environment", {}).get("Variables", {})
    return {name for name in (*shared, *own) if not NOT_OURS.match(name)} - SHARED


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_its_log_is_kept_for_a_stated_time(folder: str) -> None:
    group = functions()[folder]["LoggingConfig"]["LogGroup"]

    assert of_type("AWS::Logs::LogGroup")[group]["RetentionInDays"] == "LogRetentionDays"


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_its_handler_is_thin(folder: str) -> None:
    lines = (ROOT / "functions" / folder / "app.py").read_text().splitlines()

    assert len(lines) <= 50
