"""An AWS on this machine: MiniStack, the real template deployed on it, and a mail room.

stack = up(senders=["acme.example"])      # about half a minute, ten seconds the next times
stack.client("s3").put_object(Bucket=stack.outputs["DropBucket"], ...)
stack.receive(message, sender="...", recipients=["..."])
down()
"""

from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.lifecycle import down, running, up
from relance.cli.local_cloud.stack import LocalStack

__all__ = ["LocalCloudError", "LocalStack", "down", "running", "up"]
