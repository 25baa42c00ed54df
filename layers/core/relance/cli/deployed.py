"""A deployed stack, as the commands of people reach it: the same use cases, the same adapters.

`--stack NAME` names a CloudFormation stack of the account that the AWS environment points at;
without it, the local cloud of this checkout is used.
"""

import os
from dataclasses import dataclass
from typing import Any, Self

import boto3

from relance import bootstrap
from relance.application.answers import Postbox
from relance.application.dispatch import Gate
from relance.application.importing.doors import ImportDoors
from relance.application.morning.send import MorningKit
from relance.application.office import Office
from relance.application.sample_notices import SampleKit
from relance.application.staff_mail import StaffMail
from relance.domain.errors import RelanceError
from relance.settings import (
    ImportBalanceSettings,
    SendNoticeSettings,
    Settings,
    SweepSettings,
)


class StackUnknown(RelanceError):
    """No such stack, or no local cloud running: the detail says what to type."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """outputs: of the stack, by their keys in infra/template.yaml."""

    outputs: dict[str, str]

    @classmethod
    def find(cls, stack: str | None) -> Self:
        """Raises StackUnknown."""
        return cls.named(stack) if stack else cls.local()

    @classmethod
    def local(cls) -> Self:
        """The local cloud of this checkout: from now on this process talks to it alone."""
        from relance.cli.local_cloud.errors import LocalCloudError
        from relance.cli.local_cloud.lifecycle import running

        try:
            found = running()
        except LocalCloudError as error:
            raise StackUnknown("no-stack", {"try": "relance up, or --stack NAME"}) from error
        os.environ.update(found.environment)
        bootstrap.forget()
        return cls(dict(found.outputs))

    @classmethod
    def named(cls, stack: str) -> Self:
        cloudformation = boto3.client("cloudformation")
        try:
            (described,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
        except cloudformation.exceptions.ClientError as error:
            raise StackUnknown("no-stack", {"stack": stack}) from error
        outputs = {o["OutputKey"]: o["OutputValue"] for o in described["Outputs"]}
        return cls(outputs)

    @property
    def settings(self) -> Settings:
        return Settings(
            stage=self.outputs["Stage"],
            clock=self.outputs["Clock"],
            table_name=self.outputs["CasesTable"],
        )

    @property
    def office(self) -> Office:
        return bootstrap.office(self.settings)

    @property
    def import_doors(self) -> ImportDoors:
        outputs = self.outputs
        settings = ImportBalanceSettings(
            stage=outputs["Stage"],
            clock=outputs["Clock"],
            table_name=outputs["CasesTable"],
            configuration_set=outputs["ConfigurationSet"],
            redirect_to=outputs.get("RedirectTo", ""),
            import_queue_url=outputs["ImportQueue"],
            send_queue_url=outputs["SendQueue"],
            letter_queue_url=outputs["LetterQueue"],
            drop_bucket=outputs["DropBucket"],
            reports_bucket=outputs["ReportsBucket"],
            evidence_bucket=outputs["EvidenceBucket"],
        )
        return bootstrap.import_doors(settings)

    @property
    def gate(self) -> Gate:
        return bootstrap.gate(self._sweep_settings)

    @property
    def morning_kit(self) -> MorningKit:
        return bootstrap.morning_kit(self._sweep_settings)

    @property
    def _sweep_settings(self) -> SweepSettings:
        outputs = self.outputs
        return SweepSettings(
            stage=outputs["Stage"],
            clock=outputs["Clock"],
            table_name=outputs["CasesTable"],
            configuration_set=outputs["ConfigurationSet"],
            redirect_to=outputs.get("RedirectTo", ""),
            send_queue_url=outputs["SendQueue"],
            letter_queue_url=outputs["LetterQueue"],
        )

    @property
    def sample_kit(self) -> SampleKit:
        outputs = self.outputs
        settings = SendNoticeSettings(
            stage=outputs["Stage"],
            clock=outputs["Clock"],
            table_name=outputs["CasesTable"],
            configuration_set=outputs["ConfigurationSet"],
            redirect_to=outputs.get("RedirectTo", ""),
            evidence_bucket=outputs["EvidenceBucket"],
        )
        return bootstrap.sample_kit(settings)

    @property
    def postbox(self) -> Postbox:
        return bootstrap.postbox(self.gate)

    @property
    def staff_mail(self) -> StaffMail:
        return self.gate.staff

    def client(self, service: str) -> Any:
        return bootstrap.client(service)
