"""Evidence objects: a bucket with Object Lock, one version per key."""

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from relance.adapters.s3_errors import is_absent, is_lost_race
from relance.application.ports import Conflict, NotFound
from relance.domain.errors import RelanceError
from relance.domain.evidence import ObjectRef

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import PutObjectRequestTypeDef

_TRIES = 3
"""S3 answers 409 while another conditional write of the same key is under way."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The newest object of a key; tag: what a conditional write compares."""

    version: str | None
    tag: str
    sha256: str


class S3EvidenceObjects:
    def __init__(self, client: "S3Client", bucket: str):
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, *, content_type: str) -> ObjectRef:
        """Other bytes under the same key become a new version: Object Lock keeps the first one,
        and a reference names its version. Raises Conflict when the key stays busy.
        """
        sha256, kept = hashlib.sha256(content).hexdigest(), None
        for _ in range(_TRIES):
            version = self._write(key, content, content_type, over=kept)
            if version is not None:
                return ObjectRef(key, version or None, sha256)
            kept = self._kept(key)
            if kept is not None and kept.sha256 == sha256:
                return ObjectRef(key, kept.version, sha256)
        raise Conflict("evidence-object-busy", {"key": key})

    def get(self, ref: ObjectRef) -> bytes:
        """The exact bytes. Raises NotFound, and RelanceError when they are not those proved."""
        try:
            content = self._read(ref.key, ref.version)
        except ClientError as error:
            if is_absent(error):
                raise NotFound("unknown-evidence-object", {"key": ref.key}) from error
            raise
        if hashlib.sha256(content).hexdigest() != ref.sha256:
            raise RelanceError("evidence-object-altered", {"key": ref.key})
        return content

    def _write(
        self, key: str, content: bytes, content_type: str, *, over: "_Kept | None"
    ) -> str | None:
        """The new version ("" in a bucket without versions), or None when `over` is not there."""
        digest = hashlib.sha256(content)
        wanted: PutObjectRequestTypeDef = {
            "Bucket": self._bucket,
            "Key": key,
            "Body": content,
            "ContentType": content_type,
            "Metadata": {"sha256": digest.hexdigest()},
            "ChecksumSHA256": base64.b64encode(digest.digest()).decode(),
        }
        if over is None:
            wanted["IfNoneMatch"] = "*"
        else:
            wanted["IfMatch"] = over.tag
        try:
            return self._client.put_object(**wanted).get("VersionId", "")
        except ClientError as error:
            if is_lost_race(error) or is_absent(error):
                return None
            raise

    def _kept(self, key: str) -> "_Kept | None":
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if is_absent(error):
                return None
            raise
        version = head.get("VersionId")
        sha256 = head["Metadata"].get("sha256")
        if sha256 is None:
            sha256 = hashlib.sha256(self._read(key, version)).hexdigest()
        return _Kept(version, head["ETag"], sha256)

    def _read(self, key: str, version: str | None) -> bytes:
        if version is None:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        found = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        return found["Body"].read()
