"""What S3 means when it says no."""

from botocore.exceptions import ClientError

_ABSENT = {"NoSuchKey", "NoSuchVersion", "404", "NotFound"}
_LOST_RACE = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}


def is_absent(error: ClientError) -> bool:
    return _code(error) in _ABSENT


def is_lost_race(error: ClientError) -> bool:
    """A conditional write that somebody else's write made fail."""
    return _code(error) in _LOST_RACE


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
