"""Files and evidence objects on S3 (moto), and the same contract on their in-memory twins."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws
from mypy_boto3_s3 import S3Client

from relance.adapters.memory.files import MemoryEvidenceObjects, MemoryFiles
from relance.adapters.s3_evidence import S3EvidenceObjects
from relance.adapters.s3_files import S3Files
from relance.application.ports import Conflict, NotFound, TooLarge
from relance.domain.errors import RelanceError
from relance.domain.evidence import ObjectRef

AnyFiles = S3Files | MemoryFiles
AnyObjects = S3EvidenceObjects | MemoryEvidenceObjects
MAIL = "message/rfc822"


@pytest.fixture
def s3() -> Iterator[S3Client]:
    with mock_aws():
        client: S3Client = boto3.client("s3")
        client.create_bucket(
            Bucket="files",
            CreateBucketConfiguration={"LocationConstraint": "eu-west-3"},
            ObjectLockEnabledForBucket=True,
        )
        yield client


@pytest.fixture(params=["memory", "s3"])
def files(request: pytest.FixtureRequest) -> AnyFiles:
    if request.param == "memory":
        return MemoryFiles()
    return S3Files(request.getfixturevalue("s3"), "files", "p/")


@pytest.fixture(params=["memory", "s3"])
def objects(request: pytest.FixtureRequest) -> AnyObjects:
    if request.param == "memory":
        return MemoryEvidenceObjects()
    return S3EvidenceObjects(request.getfixturevalue("s3"), "files")


def test_a_file_over_the_limit_is_not_read(files: AnyFiles) -> None:
    files.put("a.csv", b"12345", content_type="text/csv")

    assert files.get("a.csv", limit=5) == b"12345"
    with pytest.raises(TooLarge, match="file-too-large"):
        files.get("a.csv", limit=4)


def test_the_bytes_of_a_file_over_the_limit_are_left_on_s3(s3: S3Client) -> None:
    class Unread:
        closed = False

        def read(self) -> bytes:
            raise AssertionError("a gigabyte would be in memory")

        def close(self) -> None:
            self.closed = True

    body = Unread()
    stub = Stubber(s3)
    stub.add_response("get_object", {"ContentLength": 1_000_000_000, "Body": body})
    with stub, pytest.raises(TooLarge):
        S3Files(s3, "files").get("a.csv", limit=60_000_000)
    assert body.closed


def test_a_file_comes_back(files: AnyFiles) -> None:
    files.put("a/é #1.csv", b"1", content_type="text/csv")
    files.put("a/é #1.csv", b"2", content_type="text/csv")

    assert files.get("a/é #1.csv") == b"2"
    with pytest.raises(NotFound):
        files.get("a/other.csv")
    with pytest.raises(NotFound):
        files.get("a/é #1.csv", version="nope")


def test_writes_that_lose_the_race_write_nothing(files: AnyFiles) -> None:
    def put(content: bytes, tag: str | None) -> bool:
        return files.put_if("k", content, content_type="text/csv", tag=tag)

    assert files.get_tagged("k") is None
    assert not put(b"0", '"0cc175b9c0f1b6a831c399e269772661"')
    assert put(b"1", None)
    assert not put(b"2", None)
    found = files.get_tagged("k")
    assert found is not None
    assert put(b"3", found[1])
    assert not put(b"4", found[1])
    assert files.get("k") == b"3"


def test_files_live_under_their_prefix(s3: S3Client) -> None:
    S3Files(s3, "files", "p/").put("k.csv", b"1", content_type="text/csv")

    assert s3.head_object(Bucket="files", Key="p/k.csv")["ContentType"] == "text/csv"


def test_an_older_version_can_be_read(s3: S3Client) -> None:
    first = s3.put_object(Bucket="files", Key="k", Body=b"1")["VersionId"]
    s3.put_object(Bucket="files", Key="k", Body=b"2")

    assert S3Files(s3, "files").get("k", version=first) == b"1"


def test_other_errors_are_not_swallowed(s3: S3Client) -> None:
    missing = S3Files(s3, "no-such-bucket")
    with pytest.raises(s3.exceptions.NoSuchBucket):
        missing.get("k")
    with pytest.raises(s3.exceptions.NoSuchBucket):
        missing.get_tagged("k")
    with pytest.raises(s3.exceptions.NoSuchBucket):
        missing.put_if("k", b"", content_type="x/y", tag=None)


def test_the_same_evidence_is_stored_once(objects: AnyObjects) -> None:
    first = objects.put("acme/n1.eml", b"bytes", content_type=MAIL)
    again = objects.put("acme/n1.eml", b"bytes", content_type=MAIL)

    assert again == first
    assert first.version is not None
    assert first.sha256 == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    assert objects.get(first) == b"bytes"


def test_other_bytes_never_replace_evidence(objects: AnyObjects) -> None:
    first = objects.put("acme/n1.eml", b"bytes", content_type=MAIL)
    second = objects.put("acme/n1.eml", b"other", content_type=MAIL)

    assert second.version != first.version
    assert objects.get(first) == b"bytes"
    assert objects.get(second) == b"other"
    assert objects.put("acme/n1.eml", b"other", content_type=MAIL) == second


def test_evidence_that_is_not_there(objects: AnyObjects) -> None:
    ref = objects.put("k", b"bytes", content_type=MAIL)
    with pytest.raises(NotFound):
        objects.get(ObjectRef("nope", ref.version, ref.sha256))


def test_evidence_that_was_altered_is_said(objects: AnyObjects) -> None:
    ref = objects.put("k", b"bytes", content_type=MAIL)
    with pytest.raises(RelanceError, match="evidence-object-altered"):
        objects.get(ObjectRef("k", ref.version, "0" * 64))


def test_evidence_travels_with_its_digest(s3: S3Client) -> None:
    headers: list[dict[str, bytes]] = []

    def note(request: Any, **_: object) -> None:
        headers.append(dict(request.headers))

    s3.meta.events.register_first("before-send.s3.PutObject", note)
    S3EvidenceObjects(s3, "files").put("k", b"bytes", content_type=MAIL)

    (sent,) = headers
    # S3 refuses bytes that are not these: what is proved is what is stored.
    assert sent["x-amz-checksum-sha256"] == b"J3CJ2RwL308uaGK6fkoHYFEZQx9dE/cm3TUrBvGyBqk="
    assert sent["If-None-Match"] == b"*"
    assert s3.head_object(Bucket="files", Key="k")["Metadata"]["sha256"].startswith("277089d9")


def test_an_object_that_somebody_else_stored_is_compared_by_its_bytes(s3: S3Client) -> None:
    theirs = s3.put_object(Bucket="files", Key="k", Body=b"bytes")["VersionId"]

    assert S3EvidenceObjects(s3, "files").put("k", b"bytes", content_type=MAIL).version == theirs


def test_a_key_that_stays_busy_is_a_conflict(s3: S3Client) -> None:
    with Stubber(s3) as stub:
        for _ in range(3):
            stub.add_client_error("put_object", "ConditionalRequestConflict", http_status_code=409)
            stub.add_client_error("head_object", "404", http_status_code=404)
        with pytest.raises(Conflict, match="evidence-object-busy"):
            S3EvidenceObjects(s3, "files").put("k", b"bytes", content_type=MAIL)


def test_evidence_errors_that_are_no_race_are_not_swallowed(s3: S3Client) -> None:
    objects = S3EvidenceObjects(s3, "no-such-bucket")
    with pytest.raises(s3.exceptions.NoSuchBucket):
        objects.put("k", b"bytes", content_type=MAIL)
    with pytest.raises(s3.exceptions.NoSuchBucket):
        objects.get(ObjectRef("k", None, "0" * 64))
