"""E-mails through SES: one request each, and what its failure means for the notice."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
)

from relance.application.ports import (
    Mailer,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import MessageTagTypeDef

_NEVER_LEFT_HERE = (
    EndpointConnectionError,
    ConnectTimeoutError,
    ProxyConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
)
_BUSY = {
    "TooManyRequestsException",
    "ThrottlingException",
    "Throttling",
    "RequestLimitExceeded",
    "LimitExceededException",
    "SendingPausedException",
}
_NOT_LET_IN = {
    "AccessDeniedException",
    "AccessDenied",
    "ExpiredTokenException",
    "ExpiredToken",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
}
"""Our own permissions or keys: the message is not at fault, and leaves once they are mended."""


def ses_client(
    *,
    connect_timeout: float = 3.0,
    read_timeout: float = 10.0,
    endpoint_url: str | None = None,
) -> "SESV2Client":
    """A client that asks once: a second try could send the same reminder twice."""
    config = Config(
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        retries={"total_max_attempts": 1, "mode": "standard"},
    )
    return cast("SESV2Client", boto3.client("sesv2", endpoint_url=endpoint_url, config=config))


class SesMailer:
    def __init__(self, client: "SESV2Client", *, configuration_set: str):
        config: Any = client.meta.config
        if config.retries.get("total_max_attempts") != 1:
            raise ValueError("the client would send again: build it with ses_client()")
        self._client = client
        self._configuration_set = configuration_set

    def send(self, mail: OutgoingMail) -> str:
        tags: list[MessageTagTypeDef] = [
            {"Name": name, "Value": value} for name, value in mail.tags.items()
        ]
        try:
            answer = self._client.send_email(
                FromEmailAddress=mail.sender,
                Destination={"ToAddresses": list(mail.recipients)},
                Content={"Raw": {"Data": mail.raw}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=tags,
            )
        except ClientError as error:
            raise _answered(error) from error
        except BotoCoreError as error:
            raise _unanswered(error) from error
        # An answer without an id says that something took it, and not what.
        if "MessageId" not in answer:
            raise SendOutcomeUnknown("mail-outcome-unknown", {"reason": "no-message-id"})
        return answer["MessageId"]


class RedirectingMailer:
    """Outside production: the same bytes, to one address instead of the customer's; to nobody when
    there is none.
    """

    def __init__(self, inner: Mailer, to: str):
        self._inner = inner
        self._to = to

    def send(self, mail: OutgoingMail) -> str:
        if not self._to:
            raise SendRefused("redirect-address-missing")
        return self._inner.send(replace(mail, recipients=(self._to,)))


def _answered(error: ClientError) -> RelanceError:
    """SES said no. Its sentence may name an address: only its code is kept."""
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    detail = {"reason": code, "status": str(status)}
    if code in _BUSY or status == 429:
        return SendThrottled("mail-throttled", detail)
    if code in _NOT_LET_IN:
        return SendNotAttempted("mail-not-permitted", detail)
    if 400 <= status < 500:
        return SendRefused("mail-refused", detail)
    return SendOutcomeUnknown("mail-outcome-unknown", detail)


def _unanswered(error: BotoCoreError) -> RelanceError:
    detail = {"reason": type(error).__name__}
    family: Callable[[str, dict[str, str]], RelanceError] = SendOutcomeUnknown
    code = "mail-outcome-unknown"
    if isinstance(error, _NEVER_LEFT_HERE):
        family, code = SendNotAttempted, "mail-not-attempted"
    elif isinstance(error, ParamValidationError):
        family, code = SendRefused, "mail-refused"
    return family(code, detail)
