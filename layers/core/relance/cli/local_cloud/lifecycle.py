"""Bring a local cloud up, find it, take it down."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace

from relance.cli.local_cloud import deployment, finishing, services
from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.layers import throw_away
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.ports import choose
from relance.cli.local_cloud.processes import in_background
from relance.cli.local_cloud.stack import LocalStack, Ports

# What is thrown away with the cloud. Outbox and logs stay to be read, the cache to be fast.
TRANSIENT = ("tmp", "s3", "state")


def up(
    *,
    senders: Sequence[str] = (),
    port: int | None = None,
    fresh: bool = False,
    whole_layers: bool = False,
    say: Callable[[str], None] = lambda _: None,
    places: Places | None = None,
) -> LocalStack:
    """Start the cloud if needed, deploy the sources as they are, verify the senders.

    `fresh` throws away what a running cloud holds. `say` hears each step as it begins. When
    anything fails, what this call started is stopped.
    """
    places = places or Places()
    if fresh:
        down(places=places)
    stack = _found(places) or _started(places, port, say)
    try:
        say("building the functions and layers")
        deployment.build(places, whole_layers=whole_layers)
        say("deploying the template")
        stack = replace(stack, outputs=deployment.deploy(stack))
        finishing.finish(stack)
        for sender in senders:
            stack.verify_sender(sender)
    except BaseException:
        if not stack.outputs:
            down(places=places)
        raise
    stack.save()
    return stack


def running(places: Places | None = None) -> LocalStack:
    """The cloud that runs in this checkout; an error that says how to start one otherwise."""
    stack = _found(places or Places())
    if stack is None:
        raise LocalCloudError("no local cloud is running here; start it: relance up")
    return stack


def down(places: Places | None = None) -> bool:
    """Stop what `up` started; whether anything was running."""
    places = places or Places()
    both = (services.mail_room(places), services.ministack(places))
    was_running = any(service.alive() for service in both)
    for service in both:
        service.stop()
    places.state.unlink(missing_ok=True)
    for name in TRANSIENT:
        throw_away(places.local / name)
    return was_running


def _found(places: Places) -> LocalStack | None:
    if not places.state.exists():
        return None
    alive = services.ministack(places).alive() and services.mail_room(places).alive()
    return LocalStack.load(places) if alive else None


def _started(places: Places, port: int | None, say: Callable[[str], None]) -> LocalStack:
    down(places=places)  # the half of a cloud is no cloud
    say("starting the embedded AWS")
    _empty(places)
    ports = Ports(
        aws=choose(4566, asked=port), ses=choose(4567), outgoing=choose(1025), inbound=choose(2525)
    )
    stack = LocalStack(ports=ports, outputs={}, places=places)
    try:
        services.start_mail_room(stack)
        services.start_ministack(stack)
    except BaseException:
        down(places=places)
        raise
    return stack


def _empty(places: Places) -> None:
    """Yesterday's messages are not this cloud's."""
    shutil.rmtree(places.outbox, ignore_errors=True)
    places.outbox.mkdir(parents=True)
    for file in (places.bounces, places.verdicts):
        file.unlink(missing_ok=True)
    in_background("rm", "-rf", *map(str, places.local.glob("trash-*")))
