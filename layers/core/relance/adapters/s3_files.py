"""Files of a bucket without Object Lock: drops, reports, snapshots, prints, incoming mail."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from relance.adapters.s3_errors import is_absent, is_lost_race
from relance.application.ports import NotFound, TooLarge

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef, PutObjectRequestTypeDef


class S3Files:
    """Keys are given and returned without `prefix`."""

    def __init__(self, client: "S3Client", bucket: str, prefix: str = ""):
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def get(self, key: str, *, version: str | None = None, limit: int | None = None) -> bytes:
        wanted: GetObjectRequestTypeDef = {"Bucket": self._bucket, "Key": self._prefix + key}
        if version is not None:
            wanted["VersionId"] = version
        try:
            found = self._client.get_object(**wanted)
        except ClientError as error:
            if is_absent(error):
                raise NotFound("unknown-file", {"key": key}) from error
            raise
        if limit is not None and found["ContentLength"] > limit:
            found["Body"].close()
            raise TooLarge("file-too-large", {"key": key, "limit": str(limit)})
        return found["Body"].read()

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        self._client.put_object(
            Bucket=self._bucket, Key=self._prefix + key, Body=content, ContentType=content_type
        )

    def get_tagged(self, key: str) -> tuple[bytes, str] | None:
        """The bytes and the tag that `put_if` compares, or None."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + key)
        except ClientError as error:
            if is_absent(error):
                return None
            raise
        return found["Body"].read(), found["ETag"]

    def put_if(self, key: str, content: bytes, *, content_type: str, tag: str | None) -> bool:
        """Write only over what `get_tagged` returned (None: nothing). False: it has changed."""
        wanted: PutObjectRequestTypeDef = {
            "Bucket": self._bucket,
            "Key": self._prefix + key,
            "Body": content,
            "ContentType": content_type,
        }
        if tag is None:
            wanted["IfNoneMatch"] = "*"
        else:
            wanted["IfMatch"] = tag
        try:
            self._client.put_object(**wanted)
        except ClientError as error:
            if is_lost_race(error) or is_absent(error):
                return False
            raise
        return True
