"""The mail room's process: `python -m relance.cli.local_cloud.mail FOLDER AWS SES OUT IN`.

Three servers on the loopback interface: SES in front of MiniStack, the last hop of what it sends,
and the first hop of what customers send.
"""

import signal
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller

from relance.cli.local_cloud.mail.event_bus import EventBus
from relance.cli.local_cloud.mail.inbox import Inbox
from relance.cli.local_cloud.mail.outbox import Outbox
from relance.cli.local_cloud.mail.ses_front import SesFront
from relance.cli.local_cloud.mail.traffic import Traffic
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.ports import LOOPBACK
from relance.cli.local_cloud.stack import LocalStack, Ports

LARGEST_MESSAGE = 40 * 1024 * 1024  # what SES takes in


def main(folder: str, *numbers: str) -> None:
    places = Places(Path(folder).parent)
    ports = Ports(*map(int, numbers))
    stack = LocalStack(ports=ports, outputs={}, places=places)
    traffic = Traffic()
    outbox = Outbox(
        folder=places.outbox,
        bounces=places.bounces,
        publish=EventBus(stack).publish,
        traffic=traffic,
    )
    servers = [
        _smtp(outbox, ports.outgoing),
        _smtp(Inbox(places=places, traffic=traffic), ports.inbound),
    ]
    front = SesFront((LOOPBACK, ports.ses), aws=stack.endpoint, traffic=traffic)
    threading.Thread(target=front.serve_forever, daemon=True).start()
    for server in servers:
        server.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    for server in servers:
        server.stop()
    front.shutdown()


def _smtp(handler: object, port: int) -> Controller:
    return Controller(
        handler, hostname=LOOPBACK, port=port, data_size_limit=LARGEST_MESSAGE, decode_data=False
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
