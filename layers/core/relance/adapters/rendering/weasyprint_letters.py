"""Letters as PDF: the only module that knows WeasyPrint (1.4 s to import) and pypdf.

Nothing is fetched: fonts travel as data, any other URL stops the rendering. The bytes depend on
the content alone, so their SHA-256 is evidence: WeasyPrint would else date the fonts it embeds.
"""

import atexit
import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from jinja2 import UndefinedError
from pypdf import PdfReader
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError, URLFetcher  # type: ignore[import-untyped]

from relance.adapters.rendering.letter_view import (
    ADDRESS_SIZES_PT,
    ADDRESS_WIDTH_MM,
    letter_values,
)
from relance.adapters.rendering.mime import clean_subject
from relance.adapters.rendering.template_set import TemplateSet, language_of, template_set
from relance.application.ports import LetterNotRendered
from relance.domain.errors import RelanceError
from relance.domain.notice_content import NoticeContent, RenderedLetter

FONTS = {400: "Inter-Regular.otf", 600: "Inter-SemiBold.otf"}
BY_POST = "common/letter/by_post.html.j2"
NOWHERE = "http://no-asset.invalid/"
"""Without a base, WeasyPrint would drop a relative URL in silence; with it, it is refused."""
_MM_PER_POINT = 25.4 / 72


class WeasyPrintLetterRenderer:
    """Templates: `<language>/letter/<notice>.html.j2`, fonts in `fonts/`."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._font_configuration = FontConfiguration()
        self._fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
        # Its own clean-up complains when the interpreter is already half gone.
        atexit.register(self.__dict__.pop, "_font_configuration", None)

    def letter(self, content: NoticeContent) -> RenderedLetter:
        """Same content, same bytes. Raises LetterNotRendered with the code of the reason."""
        try:
            values = self._values(content)
            html = self._html(content, values)
            pdf = self._pdf(html, content.written_on)
        except RelanceError as error:
            raise LetterNotRendered(error.code, error.detail) from error
        except UndefinedError as error:
            raise LetterNotRendered("letter-template-broken") from error
        except (FatalURLFetchingError, OSError) as error:
            raise LetterNotRendered("letter-asset-missing") from error
        pages = len(PdfReader(BytesIO(pdf)).pages)
        return RenderedLetter(pdf=pdf, pages=pages, window=values["window"])

    def _html(self, content: NoticeContent, values: dict[str, Any]) -> str:
        language = language_of(content.notice.language)
        templates = template_set(self._templates, language)
        name = f"{language}/letter/{content.notice.template}.html.j2"
        if templates.has(name):
            return templates.render(name, values)
        return self._by_post(f"{language}/email/{content.notice.template}", templates, values)

    @staticmethod
    def _by_post(folder: str, templates: TemplateSet, values: dict[str, Any]) -> str:
        """A notice that has no letter of its own, for who has no working address: its e-mail's
        words on paper.
        """
        templates.require(f"{folder}/body.txt.j2")
        values = values | {"by_post": True}
        about = clean_subject(templates.render(f"{folder}/subject.txt.j2", values))
        said = templates.said(f"{folder}/body.txt.j2", values)
        return templates.render(BY_POST, values | said | {"about": about})

    def _values(self, content: NoticeContent) -> dict[str, Any]:
        templates = template_set(self._templates, language_of(content.notice.language))
        representative = templates.word("legal_representative")
        values = letter_values(content, legal_representative=representative)
        return values | {
            "announcement": templates.announcement(content.announces),
            "window_size": self._window_size(values["window"]),
        }

    def _pdf(self, html: str, written_on: date) -> bytes:
        document = HTML(string=html, base_url=NOWHERE, url_fetcher=self._fetcher)
        target = BytesIO()
        with _dated(written_on):
            document.write_pdf(
                target, stylesheets=[self._font_faces], font_config=self._font_configuration
            )
        return target.getvalue()

    @cached_property
    def _font_faces(self) -> CSS:
        """Parsed once: every letter shares the fonts it declares."""
        faces = (self._font_face(weight, name) for weight, name in FONTS.items())
        return CSS(
            string="\n".join(faces),
            font_config=self._font_configuration,
            url_fetcher=self._fetcher,
        )

    def _font_face(self, weight: int, name: str) -> str:
        data = base64.b64encode((self._templates / "fonts" / name).read_bytes()).decode()
        source = f"url(data:font/otf;base64,{data})"
        return f"@font-face {{ font-family: Inter; font-weight: {weight}; src: {source}; }}"

    def _window_size(self, lines: tuple[str, ...]) -> float:
        """The largest size, in points, at which the longest line of the address fits."""
        longest = max(self._ems(line) for line in lines)
        fitting = (
            size for size in ADDRESS_SIZES_PT if longest * size * _MM_PER_POINT <= ADDRESS_WIDTH_MM
        )
        return next(fitting, ADDRESS_SIZES_PT[-1])

    def _ems(self, line: str) -> float:
        glyphs, widths, units = self._metrics
        ems: float = sum(widths[glyphs.get(ord(c), "M")][0] for c in line) / units
        return ems

    @cached_property
    def _metrics(self) -> tuple[dict[int, str], Any, int]:
        font = TTFont(self._templates / "fonts" / FONTS[400])
        return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """fontTools and WeasyPrint read the date of what they write from this variable."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    noon = datetime.combine(day, time(12), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
