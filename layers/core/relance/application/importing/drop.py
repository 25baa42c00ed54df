"""One dropped object: whose it is, what it holds, and how it is told from its redelivery."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from relance.application.ports import ImportRecord
from relance.domain.creditor import Creditor
from relance.domain.errors import RelanceError

DEFAULT_ZONE = ZoneInfo("Europe/Paris")
_CREDITOR = re.compile(r"[a-z0-9-]{1,40}")
_MAX_KEY_BYTES = 1024


class DropKeyRefused(RelanceError):
    """The key of the object names no creditor, or plays tricks with its path."""


@dataclass(frozen=True, slots=True)
class DropEvent:
    """received_at: the instant of the event, the same when it is delivered again; uploaded_by: who
    put it there, when it is known; accepted_by: who said to apply it though it looked wrong.
    """

    key: str
    version: str | None
    received_at: datetime
    uploaded_by: str = "drop"
    accepted_by: str | None = None

    @property
    def identity(self) -> str:
        """Told from any other drop, also of the same key: the owner of a lease."""
        return f"{self.key}#{self.version or self.received_at.isoformat()}"

    @property
    def is_folder(self) -> bool:
        """What consoles create to show a folder."""
        return self.key.endswith("/")

    @property
    def path(self) -> str:
        """Within the creditor: its folders and its name."""
        return self.key.partition("/")[2]

    @property
    def file_name(self) -> str:
        return self.key.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Drop:
    """An event with the bytes it speaks of; creditor: the code in its key."""

    event: DropEvent
    creditor: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def is_recorded_by(self, record: ImportRecord | None) -> bool:
        """Whether this very drop, not only the same bytes, left that record."""
        event = self.event
        mine = (event.key, event.version, event.received_at)
        return record is not None and mine == (
            record.drop_key,
            record.drop_version,
            record.received_at,
        )


def creditor_of(key: str) -> str:
    """The first segment of a clean key. Raises DropKeyRefused: nobody else's files can be reached,
    and no name can mislead who reads the report.
    """
    first, _, rest = key.partition("/")
    segments = rest.removesuffix("/").split("/")
    clean = (
        _CREDITOR.fullmatch(first)
        and len(key.encode(errors="replace")) <= _MAX_KEY_BYTES
        and key.isprintable()
        and "\\" not in key
        and (rest == "" or all(part.strip() and part not in {".", ".."} for part in segments))
    )
    if not clean or "/" not in key:
        raise DropKeyRefused("drop-key-refused")
    return first


def local_date(instant: datetime, creditor: Creditor | None) -> date:
    """The day it is for the creditor."""
    zone = ZoneInfo(creditor.profile.zone) if creditor else DEFAULT_ZONE
    return instant.astimezone(zone).date()
