"""`relance up` and `relance down`: an AWS on this machine."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from relance.cli.local_cloud import LocalStack

# The local cloud is imported where it is used: it brings boto3, which `relance read` does not need.

Senders = Annotated[
    list[str], typer.Option("--sender", help="Domain or address allowed to send. Repeatable.")
]
Port = Annotated[int | None, typer.Option(help="Port of the embedded AWS, 4566 when it is free.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Throw away what a running one holds.")]


def up(senders: Senders = [], port: Port = None, fresh: Fresh = False) -> None:  # noqa: B006
    """Start an AWS on this machine, and deploy these sources on it."""
    from relance.cli import local_cloud

    console = Console()
    try:
        with console.status("starting") as status:
            stack = local_cloud.up(
                senders=senders, port=port, fresh=fresh, say=lambda step: status.update(step)
            )
    except local_cloud.LocalCloudError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error
    console.print(_summary(stack))


def down() -> None:
    """Stop the AWS of this machine. Messages and logs stay in .local."""
    from relance.cli import local_cloud

    stopped = local_cloud.down()
    Console().print("stopped" if stopped else "nothing was running")


def _summary(stack: "LocalStack") -> Table:
    table = Table(show_header=False, box=None)
    for name, value in {
        "AWS": stack.endpoint,
        "drop files into": f"s3://{stack.outputs['DropBucket']}/<creditor>/",
        "messages sent": str(stack.outbox),
        "answers by SMTP": f"127.0.0.1:{stack.ports.inbound}",
        "logs": str(stack.places.logs),
    }.items():
        table.add_row(name, value)
    return table
