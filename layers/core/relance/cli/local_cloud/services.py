"""The two processes of a local cloud: MiniStack, and the mail room beside it."""

import os
import sys
import urllib.error
import urllib.request

from relance.cli.local_cloud import tools
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.ports import LOOPBACK, answers
from relance.cli.local_cloud.processes import Service
from relance.cli.local_cloud.stack import ACCOUNT, REGION, LocalStack

READY_SECONDS = 60


def ministack(places: Places) -> Service:
    return Service("ministack", places.local, marker=str(places.tool("ministack")))


def mail_room(places: Places) -> Service:
    return Service("mail-room", places.local, marker=str(places.local))


def start_ministack(stack: LocalStack) -> None:
    places = stack.places
    executable = tools.ensure("ministack", places)
    scratch = places.local / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    environment = {
        **_inherited(),
        **stack.environment,
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(stack.ports.aws),
        "MINISTACK_HOST": LOOPBACK,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "S3_DATA_DIR": str(places.local / "s3"),
        "STATE_DIR": str(places.local / "state"),
        "SMTP_HOST": f"{LOOPBACK}:{stack.ports.outgoing}",
        "TMPDIR": str(scratch),
    }
    service = ministack(places)
    # By its interpreter, for the marker to be in the command line.
    service.start([str(executable.with_name("python")), str(executable)], environment)
    service.wait_until(lambda: _is_ready(stack.endpoint), seconds=READY_SECONDS)


def start_mail_room(stack: LocalStack) -> None:
    service = mail_room(stack.places)
    module = "relance.cli.local_cloud.mail"
    ports = stack.ports
    service.start(
        [sys.executable, "-m", module, str(stack.places.local)]
        + [str(port) for port in (ports.aws, ports.ses, ports.outgoing, ports.inbound)],
        {**_inherited(), **stack.environment},
    )
    service.wait_until(
        lambda: all(map(answers, (ports.ses, ports.outgoing, ports.inbound))),
        seconds=READY_SECONDS,
    )


def _inherited() -> dict[str, str]:
    """Our environment, less what would make every Lambda worker compile its modules again."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE",)}


def _is_ready(endpoint: str) -> bool:
    try:
        with urllib.request.urlopen(f"{endpoint}/_ministack/ready", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
