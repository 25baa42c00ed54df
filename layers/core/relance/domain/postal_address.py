"""A French postal address as the window of the envelope needs it (NF Z 10-011)."""

from dataclasses import dataclass

MAX_LINES = 6
MAX_CHARACTERS = 38


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """lines: from the particular to the general without the name, e.g. ("12 RUE X", "75001 PARIS").

    country is an ISO 3166 code; FR prints nothing.
    """

    lines: tuple[str, ...]
    country: str = "FR"

    def block(self, *names: str) -> tuple[str, ...]:
        """What the window shows: the names, then the address, last lines in capitals."""
        return tuple(name for name in names if name) + tuple(line.upper() for line in self.lines)

    def problem(self, *names: str) -> str | None:
        """The kebab-case code of what a letter provider would refuse, or None."""
        block = self.block(*names)
        if len(self.lines) < 2:
            return "address-incomplete"
        if len(block) > MAX_LINES:
            return "address-too-many-lines"
        if any(len(line) > MAX_CHARACTERS for line in block):
            return "address-line-too-long"
        if self.country == "FR" and not _has_french_postcode(self.lines[-1]):
            return "address-without-postcode"
        return None


def _has_french_postcode(line: str) -> bool:
    postcode = line.split(" ", 1)[0]
    return len(postcode) == 5 and postcode.isdigit()
