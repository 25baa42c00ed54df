"""Ports of the loopback interface."""

import socket

from relance.cli.local_cloud.errors import LocalCloudError

LOOPBACK = "127.0.0.1"


def choose(usual: int, *, asked: int | None = None) -> int:
    """The port asked for; else the usual one; else, when that one is taken, any free one."""
    if asked is not None:
        if not is_free(asked):
            raise LocalCloudError(
                f"port {asked} of {LOOPBACK} is taken; ask for another one, or for none"
            )
        return asked
    return usual if is_free(usual) else _any_free()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        number: int = probe.getsockname()[1]
        return number
