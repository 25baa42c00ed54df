"""Jinja, set up once per language: strict, autoescaped in HTML, blind to the clock."""

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    select_autoescape,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from relance.adapters.messages.config_messages import is_mistake, mistake_in
from relance.adapters.messages.import_messages import import_sentence
from relance.adapters.rendering import formats
from relance.adapters.rendering.amount_words import amount_in_words
from relance.adapters.rendering.report_view import inert
from relance.domain.errors import RelanceError

LANGUAGES = ("fr", "en")
_FALLBACK = "en"
"""For the customers whose language we do not write."""
_DOUBLE_SIGN = re.compile(r"(?<!^-) ([:;?!»])(?=[\s<,.)]|$)", re.MULTILINE)
"""But after the dash that begins a point of a list."""


def language_of(wanted: str) -> str:
    short = wanted.lower()[:2]
    return short if short in LANGUAGES else _FALLBACK


class TemplateSet:
    """The templates of one language. `words`: its short labels, from `<language>/words.yaml`, and
    those of the import report under `words.report`, from `<language>/report.yaml`.

    A template ending in `.html.j2` is escaped, any other is plain text.
    """

    def __init__(self, templates: Path, language: str) -> None:
        self._environment = _environment(templates, language)
        words, report = (_labels(templates / language / f"{n}.yaml") for n in ("words", "report"))
        self._common: dict[str, Any] = {"lang": language, "words": {**words, "report": report}}

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        text = self._environment.get_template(name).render({**self._common, **values})
        return self._spaced(text)

    def said(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """`said(block)` for a page that shows the words of a plain-text template."""

        def said(block: str) -> Markup:
            return as_paragraphs(self.render_block(name, block, values))

        return {"said": said}

    def render_block(self, name: str, block: str, values: Mapping[str, Any]) -> str:
        """One block of a template that defines it itself; its own top level is not run."""
        template = self._environment.get_template(name)
        context: Context = template.new_context({**self._common, **values})
        return self._spaced("".join(template.blocks[block](context)))

    def _spaced(self, text: str) -> str:
        """French wants a hard space before : ; ? ! and », templates are typed with plain ones."""
        is_french = self._common["lang"] == "fr"
        return _DOUBLE_SIGN.sub(f"{formats.HARD_SPACE}\\1", text) if is_french else text

    @property
    def words(self) -> Mapping[str, Any]:
        return dict(self._common["words"])

    def word(self, key: str) -> str:
        return str(self._common["words"][key])

    def announcement(self, key: str | None) -> str | None:
        """The sentence that says what follows. An unknown key is an error, never a silence."""
        announces: dict[str, str] = self._common["words"]["announces"]
        if key is None:
            return None
        if key not in announces:
            raise RelanceError("announcement-unknown", {"announces": key})
        return announces[key]

    def has(self, name: str) -> bool:
        try:
            self._environment.get_template(name)
        except TemplateNotFound:
            return False
        return True

    def require(self, name: str) -> None:
        """Raises RelanceError when there is no such template."""
        if not self.has(name):
            raise RelanceError("template-unknown", {"template": name})


def _labels(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def template_set(templates: Path, language: str) -> TemplateSet:
    return TemplateSet(templates, language)


def as_paragraphs(text: str) -> Markup:
    """Plain text as HTML: blank lines part paragraphs, lines starting with "- " are a list, a
    line starting with "# " is a title. Everything is escaped.
    """
    blocks = [block.strip() for block in text.split("\n\n")]
    return Markup("\n").join(_block(block) for block in blocks if block)


def _explained(code: str, detail: Mapping[str, str] | None = None, *, language: str) -> str:
    """The sentence of a code: of a decision, of an import, of the reading of a balance."""
    return import_sentence(code, language, detail or {})


def quoted(text: str, limit: int = 4000) -> str:
    """Somebody else's words, each line marked, so that they cannot pass for ours."""
    shown = text if len(text) <= limit else text[:limit] + "…"
    return "\n".join(f"> {line}" for line in shown.strip().splitlines())


def _block(block: str) -> Markup:
    if block.startswith("# ") and "\n" not in block:
        return Markup("<h2>{}</h2>").format(block[2:])
    lines = block.split("\n")
    lead = [line for line in lines if not line.startswith("- ")]
    points = [line[2:] for line in lines if line.startswith("- ")]
    html = Markup('<p class="{}">{}</p>').format("lead" if points else "text", _joined(lead))
    if not points:
        return html
    items = Markup("").join(Markup("<li>{}</li>").format(point) for point in points)
    return (html if lead else Markup("")) + Markup("<ul>{}</ul>").format(items)


def _joined(lines: list[str]) -> Markup:
    return Markup("<br>").join(escape(line) for line in lines)


def _environment(templates: Path, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in ("money", "money_sum", "percent", "short_date", "long_date", "instant"):
        environment.filters[name] = partial(getattr(formats, name), language=language)
    environment.filters["in_words"] = partial(amount_in_words, language=language)
    environment.filters["iban"] = formats.grouped_iban
    environment.filters["hard"] = formats.hard_spaced
    environment.filters["town"] = formats.town
    environment.filters["siren"] = formats.grouped_siren
    environment.filters["one_line"] = formats.one_line
    environment.filters["inert"] = inert
    environment.filters["paragraphs"] = as_paragraphs
    environment.filters["quoted"] = quoted
    environment.filters["reason"] = partial(_explained, language=language)
    environment.filters["mistake"] = partial(mistake_in, language)
    environment.filters["is_mistake"] = is_mistake
    environment.filters["fill"] = str.format
    return environment
