"""One frozen dataclass of settings per function: the only place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from relance.domain.errors import RelanceError


class SettingMissing(RelanceError):
    """A variable of the environment is missing: the detail names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """stage: dev or prod; clock: "system", or "simulated" for the embedded demo, never in prod."""

    stage: str
    clock: str
    table_name: str

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """Every field is the variable of the same name in capitals. Raises SettingMissing."""
        source = os.environ if env is None else env
        return cls(**{field.name: _read(source, field.name.upper()) for field in fields(cls)})


RECIPIENTS = "recipients"


@dataclass(frozen=True, slots=True)
class MailSettings(Settings):
    """redirect_to: outside prod every message goes there; empty: nothing leaves; RECIPIENTS: to
    the recipients themselves, where none of them is real (the embedded AWS).
    """

    configuration_set: str
    redirect_to: str


@dataclass(frozen=True, slots=True)
class ImportBalanceSettings(MailSettings):
    """The queues of what leaves: a worklist that comes back is answered like its commands."""

    import_queue_url: str
    send_queue_url: str
    letter_queue_url: str
    drop_bucket: str
    reports_bucket: str
    evidence_bucket: str


@dataclass(frozen=True, slots=True)
class PlanNoticesSettings(MailSettings):
    plan_queue_url: str
    send_queue_url: str
    letter_queue_url: str


@dataclass(frozen=True, slots=True)
class SendNoticeSettings(MailSettings):
    evidence_bucket: str


@dataclass(frozen=True, slots=True)
class RenderLetterSettings(MailSettings):
    evidence_bucket: str
    reports_bucket: str
    send_queue_url: str


@dataclass(frozen=True, slots=True)
class SweepSettings(MailSettings):
    send_queue_url: str
    letter_queue_url: str


@dataclass(frozen=True, slots=True)
class RecordDeliverySettings(MailSettings):
    evidence_bucket: str


@dataclass(frozen=True, slots=True)
class RecordReplySettings(MailSettings):
    mail_bucket: str
    evidence_bucket: str


def _read(source: Mapping[str, str], name: str) -> str:
    if name not in source:
        raise SettingMissing("setting-missing", {"variable": name})
    return source[name]
