"""What can go wrong on this machine, said so that the reader knows what to do."""

from pathlib import Path


class LocalCloudError(Exception):
    """The local cloud could not be started, deployed to, found or stopped."""

    @classmethod
    def with_log(cls, message: str, log: Path, lines: int = 25) -> "LocalCloudError":
        """The message, the end of the log, and where the rest is."""
        content = log.read_text(errors="replace").splitlines() if log.exists() else []
        tail = "\n".join(content[-lines:])
        return cls(f"{message}\n{tail}\n(the whole log: {log})")
