"""The report of a drop as one HTML page: nothing is fetched, nothing runs.

The page carries a Content-Security-Policy that allows its own style sheet, by its digest, and
nothing else: were a name ever written unescaped, no browser would run it.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from relance.adapters.rendering.report_view import PAGE_LINES, report_view
from relance.adapters.rendering.report_words import ReportWords
from relance.adapters.rendering.template_set import language_of, template_set
from relance.domain.creditor import CreditorProfile

_TEMPLATE = "common/report/import.html.j2"
_STYLE = "common/report/_style.css"
_POLICY = Markup(
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">"
)


class JinjaReportRenderer:
    """Same values, same bytes."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates

    def page(self, *, profile: CreditorProfile, values: Mapping[str, object]) -> bytes:
        templates = template_set(self._templates, language_of(profile.language))
        style = templates.render(_STYLE, {})
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        shown = {
            **values,
            "profile": profile,
            "view": report_view(values, PAGE_LINES),
            "say": ReportWords(templates.words),
            "policy": _POLICY.format(digest),
        }
        return templates.render(_TEMPLATE, shown).encode()
