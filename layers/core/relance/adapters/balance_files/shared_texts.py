"""The texts that the cells of an XLSX share: what they come to when each cell has its own copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from relance.adapters.balance_files.safety import SafetyLimits, check_texts
from relance.adapters.balance_files.xml_pass import Attributes, walk


def check_shared(
    cells: int, texts: Iterator[bytes], sheets: Iterable[Iterator[bytes]], limits: SafetyLimits
) -> None:
    """One long text that a million cells show becomes a million long texts in memory.

    cells: how many show one, at most. The sheets are looked at when the longest text would do.
    """
    shared = _Texts()
    walk(texts, start=shared.start, end=shared.end, text=shared.text)
    if cells * max(shared.sizes, default=0) <= limits.text:
        return
    shown = _Shown(shared.sizes, limits)
    for sheet in sheets:
        walk(sheet, start=shown.start, end=shown.end, text=shown.text)


@dataclass(slots=True)
class _Texts:
    """sizes: bytes of each text, in the order of the list. One ends with the tag it began with."""

    sizes: list[int] = field(default_factory=list)
    opened: str = ""

    def start(self, name: str, _: Attributes) -> None:
        if not self.opened and _local(name) == "si":
            self.opened = name
            self.sizes.append(0)

    def end(self, name: str) -> None:
        if name == self.opened:
            self.opened = ""

    def text(self, text: str) -> None:
        if self.opened:
            self.sizes[-1] += len(text.encode())


@dataclass(slots=True)
class _Shown:
    """total: bytes of text that the cells so far show; a cell shows each value written in it."""

    sizes: list[int]
    limits: SafetyLimits
    total: int = 0
    in_cell: bool = False
    value: str | None = None

    def start(self, name: str, about: Attributes) -> None:
        local = _local(name)
        if local == "c":
            self.in_cell = about.get("t") == "s"
        elif local == "v" and self.in_cell:
            self.value = ""

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            self.in_cell = False
        elif local == "v" and self.value is not None:
            self._add(self.value.strip())
            self.value = None

    def text(self, text: str) -> None:
        if self.value is not None:
            self.value = (self.value + text)[:20]

    def _add(self, value: str) -> None:
        place = int(value) if value.isdecimal() else -1
        self.total += self.sizes[place] if 0 <= place < len(self.sizes) else 0
        check_texts(self.total, self.limits)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
