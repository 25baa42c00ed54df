"""What a collector reads before a call, and what they say.

Scripts: `<language>/calls/<template of the step, else its level>.yaml`, with `aim` and the lists
`say`, `ask`, `listen`; `profiles.yaml` beside them says what each payer profile adds. The sheet:
`<language>/calls/sheet.txt.j2`, also part of the worklist mail.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from relance.adapters.rendering.emails import tidy_text
from relance.adapters.rendering.template_set import language_of, template_set
from relance.application.call_script import CallScript
from relance.domain.errors import RelanceError

_PARTS = ("say", "ask", "listen")


class JinjaCallSheets:
    def __init__(self, templates: Path) -> None:
        self._templates = templates

    def script(
        self, *, key: str | None, level: str, profile: str | None, language: str
    ) -> CallScript:
        """Raises RelanceError: template-unknown, when neither the step nor its level has one."""
        folder = self._templates / language_of(language) / "calls"
        names = [name for name in (key, level) if name and name.replace("_", "").isalnum()]
        path = next((p for name in names if (p := folder / f"{name}.yaml").is_file()), None)
        if path is None:
            raise RelanceError("template-unknown", {"template": f"calls/{level}"})
        found = _read(path)
        profiles = _read(folder / "profiles.yaml")
        parts = {part: tuple(found.get(part) or ()) for part in _PARTS}
        added = tuple(profiles.get(profile) or ()) if profile else ()
        return CallScript(found["aim"], **parts, profile=added)

    def text(self, sheet: Mapping[str, object], *, language: str) -> str:
        spoken = language_of(language)
        templates = template_set(self._templates, spoken)
        return tidy_text(templates.render(f"{spoken}/calls/sheet.txt.j2", {"one": sheet}))


@lru_cache(maxsize=32)
def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
