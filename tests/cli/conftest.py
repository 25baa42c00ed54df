"""Each command test gets a deployment of its own in moto, which the commands find."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from relance import bootstrap
from relance.cli import people
from relance.cli.deployed import Deployment as Deployed
from tests.functions.aws import REGION, Deployment


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    """Empty: wide screens, so that no word is cut."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("COLUMNS", "220")
    with mock_aws():
        bootstrap.forget()
        made = Deployment()
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        found = Deployed(outputs(made))
        monkeypatch.setattr(Deployed, "find", lambda _: found)
        monkeypatch.setattr(people.console, "width", 220)
        yield made
    bootstrap.forget()


def outputs(made: Deployment) -> dict[str, str]:
    env = made.environment
    return {
        "Stage": env["STAGE"],
        "Clock": env["CLOCK"],
        "CasesTable": env["TABLE_NAME"],
        "ConfigurationSet": env["CONFIGURATION_SET"],
        "DropBucket": env["DROP_BUCKET"],
        "ReportsBucket": env["REPORTS_BUCKET"],
        "EvidenceBucket": env["EVIDENCE_BUCKET"],
        "ImportQueue": env["IMPORT_QUEUE_URL"],
        "SendQueue": env["SEND_QUEUE_URL"],
        "LetterQueue": env["LETTER_QUEUE_URL"],
        "RedirectTo": env["REDIRECT_TO"],
    }
