"""Pictures of what people read, to be looked at: `make pictures`.

Every e-mail at the width of a desk and of a telephone (PNG, when Chromium is here), every page of
every letter (PNG, when poppler's `pdftoppm` is here), the messages and the PDF themselves always.
Everything goes to `.local/pictures`; what the docs show is copied, small, to `docs/pictures`.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from relance.adapters.rendering.emails import JinjaNoticeRenderer
from relance.adapters.rendering.report_page import JinjaReportRenderer
from relance.adapters.rendering.staff import JinjaStaffRenderer
from relance.adapters.rendering.weasyprint_letters import WeasyPrintLetterRenderer
from relance.domain.notice_content import NoticeContent
from relance.domain.policy import Channel
from tests.templates import reports, samples

ROOT = Path(__file__).parents[1]
OUT = ROOT / ".local" / "pictures"
DOCS = ROOT / "docs" / "pictures"
WIDTHS = {"desk": 700, "phone": 380}
HEIGHT = 2600
DPI = 80
IN_DOCS = frozenset(
    {
        "fr-preventive-desk.png",
        "fr-level_1-desk.png",
        "fr-level_1-phone.png",
        "fr-shared-level_1-desk.png",
        "en-level_2-desk.png",
        "fr-letter-level_2-1.png",
        "fr-promise_recap-desk.png",
        "fr-letter-plan_agreement-1.png",
        "fr-letter-plan_agreement-2.png",
        "fr-letter-formal_notice-1.png",
        "fr-letter-formal_notice-2.png",
        "fr-letter-formal_notice-3.png",
        "fr-report-applied-page-desk.png",
        "fr-report-applied-page-phone.png",
        "fr-report-asked-page-desk.png",
        "fr-report-suspicious-mail-phone.png",
        "en-report-applied-mail-desk.png",
    }
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, content in _emails():
        _picture_email(name, content)
    for name, content in _letters():
        _picture_letter(name, content)
    for name, page, mail in _reports():
        _picture_page(f"{name}-page", page.decode())
        _picture_mail(f"{name}-mail", mail)
    for picture in sorted(OUT.glob("*.png")):
        if picture.name in IN_DOCS:
            shutil.copyfile(picture, DOCS / picture.name)
    sys.stdout.write(f"Pictures are in {OUT}, those of the docs in {DOCS}.\n")
    return 0


def _emails() -> Iterator[tuple[str, NoticeContent]]:
    for language in ("fr", "en"):
        for notice in samples.NOTICES:
            yield f"{language}-{notice}", samples.content(notice, language)
        for notice in samples.LETTERS:
            yield f"{language}-copy-{notice}", samples.copy_content(notice, language)
        for notice in samples.TOLD:
            yield f"{language}-{notice}", samples.told_content(notice, language)
        for notice in samples.NOTICES:
            yield f"{language}-shared-{notice}", samples.shared_content(notice, language)
    yield "long-60-invoices", samples.content("level_1", shown=samples.long_statement())
    yield "long-names", samples.with_long_names(samples.content("level_2"))
    yield "two-currencies", samples.content("level_2", "en", shown=samples.dollars_too())


def _letters() -> Iterator[tuple[str, NoticeContent]]:
    for language in ("fr", "en"):
        for notice in samples.LETTERS:
            yield f"{language}-letter-{notice}", samples.letter_content(notice, language)
        entity = samples.shared_content(
            "formal_notice", language, channel=Channel.REGISTERED_LETTER
        )
        yield f"{language}-letter-shared-formal_notice", entity
        plan = samples.told_content("plan_agreement", language, channel=Channel.LETTER)
        yield f"{language}-letter-plan_agreement", plan
    shown = samples.long_statement()
    yield "long-letter", samples.letter_content("formal_notice", shown=shown)


def _reports() -> Iterator[tuple[str, bytes, bytes]]:
    """The page and the mail about a drop, in each situation."""
    pages, mails = JinjaReportRenderer(ROOT / "templates"), JinjaStaffRenderer(ROOT / "templates")
    for language in ("fr", "en"):
        profile = replace(samples.PROFILE, language=language)
        for name, make in reports.SITUATIONS.items():
            values = reports.values(make())
            mail = mails.message(
                "import_report",
                profile=profile,
                sender_domain=samples.PAYMENT.sender_domain,
                to=profile.finance_email,
                context=values,
            )
            page = pages.page(profile=profile, values=values)
            yield f"{language}-report-{name}", page, mail.raw


def _picture_email(name: str, content: NoticeContent) -> None:
    _picture_mail(name, JinjaNoticeRenderer(ROOT / "templates").email(content).raw)


def _picture_mail(name: str, raw: bytes) -> None:
    (OUT / f"{name}.eml").write_bytes(raw)
    message = message_from_bytes(raw, policy=policy.SMTP)
    html = message.get_body(("html",)) if isinstance(message, EmailMessage) else None
    if html is not None:
        _picture_page(name, str(html.get_content()))


def _picture_page(name: str, html: str) -> None:
    page = OUT / f"{name}.html"
    page.write_text(html, encoding="utf-8")
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        return
    for kind, width in WIDTHS.items():
        _shoot(browser, page, OUT / f"{name}-{kind}.png", width)


def _shoot(browser: str, page: Path, picture: Path, width: int) -> None:
    """A browser window has a minimal width: the page is shown in a frame of the right one."""
    frame = OUT / "_frame.html"
    style = f"border:0;width:{width}px;height:{HEIGHT}px"
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.name}" style="{style}"></iframe></body>',
        encoding="utf-8",
    )
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    size = f"--window-size={max(width, 500)},{HEIGHT}"
    subprocess.run(
        [browser, *options, size, f"--screenshot={picture}", frame.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    frame.unlink()
    _crop(picture, width)


def _crop(picture: Path, width: int) -> None:
    """Keep the page: nothing right of it, and no more than a finger of background below."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        shown = opened.convert("RGB").crop((0, 0, width, HEIGHT))
    background = Image.new("RGB", shown.size, shown.getpixel((0, HEIGHT - 1)))
    box = ImageChops.difference(shown, background).getbbox()
    bottom = min(HEIGHT, box[3] + 16) if box else HEIGHT
    small = shown.crop((0, 0, width, bottom)).quantize(_colours(picture))
    small.save(picture, optimize=True)


def _colours(picture: Path) -> int:
    """The thin bars of a report keep theirs."""
    return 200 if "-report-" in picture.name else 64


def _picture_letter(name: str, content: NoticeContent) -> None:
    pdf = OUT / f"{name}.pdf"
    pdf.write_bytes(WeasyPrintLetterRenderer(ROOT / "templates").letter(content).pdf)
    tool = shutil.which("pdftoppm")
    if tool is None:
        return
    subprocess.run([tool, "-r", str(DPI), "-gray", "-png", pdf, OUT / name], check=True)


if __name__ == "__main__":
    raise SystemExit(main())
