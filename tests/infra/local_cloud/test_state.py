"""Where the local cloud is, and what is said when it is not."""

from pathlib import Path

import pytest

from relance.cli.local_cloud import LocalCloudError, LocalStack, layers, running, tools
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.stack import Ports


@pytest.fixture
def places(tmp_path: Path) -> Places:
    template = tmp_path / "infra" / "template.yaml"
    template.parent.mkdir()
    template.touch()
    (tmp_path / ".local").mkdir()
    return Places(tmp_path)


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LocalCloudError, match="not a checkout"):
        Places(tmp_path)


def test_without_a_cloud_the_reader_is_told_how_to_start_one(places: Places) -> None:
    with pytest.raises(LocalCloudError, match="relance up"):
        running(places)


def test_a_state_left_by_a_dead_cloud_is_no_cloud(places: Places) -> None:
    LocalStack(Ports(1, 2, 3, 4), {"DropBucket": "drops"}, places).save()

    with pytest.raises(LocalCloudError, match="relance up"):
        running(places)


def test_what_is_saved_is_found_again(places: Places) -> None:
    stack = LocalStack(Ports(1, 2, 3, 4), {"DropBucket": "drops"}, places)
    stack.save()

    assert LocalStack.load(places) == stack


def test_its_environment_keeps_every_tool_away_from_a_real_account(places: Places) -> None:
    stack = LocalStack(Ports(4566, 4567, 3, 4), {}, places)

    assert stack.environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert stack.environment["AWS_ENDPOINT_URL_SESV2"] == "http://127.0.0.1:4567"
    assert not Path(stack.environment["AWS_SHARED_CREDENTIALS_FILE"]).exists()


def test_its_clients_talk_to_it_and_mail_goes_through_the_front(places: Places) -> None:
    stack = LocalStack(Ports(4566, 4567, 3, 4), {}, places)

    assert stack.client("s3").meta.endpoint_url == "http://127.0.0.1:4566"
    assert stack.client("sesv2").meta.endpoint_url == "http://127.0.0.1:4567"


def test_addresses_can_be_made_to_bounce(places: Places) -> None:
    stack = LocalStack(Ports(1, 2, 3, 4), {}, places)
    stack.bounce("Gone@client.example")
    stack.bounce("b@client.example")

    assert places.bounces.read_text().split() == ["gone@client.example", "b@client.example"]


def test_a_tool_is_installed_once_and_again_when_its_lock_changes(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []

    def install(home: Path, locked: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        installed.append(locked.read_text())

    monkeypatch.setattr(tools, "_install", install)
    locked = places.locked("sam")
    locked.parent.mkdir(parents=True)
    for content in ("one", "one", "two"):
        locked.write_text(content)
        assert tools.ensure("sam", places) == places.tool("sam") / "bin" / "sam"

    assert installed == ["one", "two"]


def test_a_layer_becomes_a_pointer_to_what_was_built(places: Places) -> None:
    (places.build / "PdfLayer" / "lib").mkdir(parents=True)
    (places.build / "CoreLayer" / "python" / "relance").mkdir(parents=True)

    layers.arrange(places, whole=False)

    deployed = [p for p in (places.build / "CoreLayer").rglob("*") if p.is_file()]
    assert [path.name for path in deployed] == ["relance.pth"]
    assert str(places.layers / "CoreLayer" / "python") in deployed[0].read_text()
    assert (places.layers / "lib").resolve() == places.layers / "PdfLayer" / "lib"


def test_a_layer_may_stay_whole(places: Places) -> None:
    (places.build / "PdfLayer" / "lib").mkdir(parents=True)

    layers.arrange(places, whole=True)

    assert (places.layers / "lib").resolve() == places.build / "PdfLayer" / "lib"
