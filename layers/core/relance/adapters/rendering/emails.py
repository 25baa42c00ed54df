"""E-mails to customers: a notice's content becomes the exact bytes that SES gets."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from css_inline import CSSInliner

from relance.adapters.rendering.mime import (
    Attachment,
    MailParts,
    build_mime,
    clean_subject,
    local_part,
)
from relance.adapters.rendering.notice_view import notice_values
from relance.adapters.rendering.template_set import (
    TemplateSet,
    language_of,
    template_set,
)
from relance.adapters.rendering.told_view import told_values
from relance.domain.errors import RelanceError
from relance.domain.notice_content import NoticeContent, OutgoingMail

DEFAULT_LOCAL_PART = "recouvrement"


class JinjaNoticeRenderer:
    """Templates: `<language>/email/<notice>/{subject.txt,body.txt,body.html}.j2`.

    The prose of a notice is written once, in its `body.txt.j2`: the HTML shows the same blocks.
    """

    def __init__(self, templates: Path) -> None:
        self._templates = templates

    def email(self, content: NoticeContent) -> OutgoingMail:
        """Same content, same bytes. Raises RelanceError: nothing-to-ask, template-unknown,
        mail-address-refused, no-recipient.
        """
        templates = template_set(self._templates, language_of(content.notice.language))
        folder = f"{language_of(content.notice.language)}/email/{content.notice.template}"
        templates.require(f"{folder}/body.txt.j2")
        told = content.told
        values = notice_values(content) if told is None else told_values(content, told)
        values["announcement"] = templates.announcement(content.announces)
        subject = clean_subject(
            _rehearsed(templates, content) + templates.render(f"{folder}/subject.txt.j2", values)
        )
        parts = MailParts(
            sender=(content.collector.name, _sender_address(content)),
            recipients=_recipients(content),
            subject=subject,
            text=tidy_text(templates.render(f"{folder}/body.txt.j2", values)),
            html=_html(templates, folder, values | {"mail_subject": subject}),
            message_id=f"{content.notice.id}@{content.payment.sender_domain}",
            at=content.written_at.replace(microsecond=0),
            reply_to=content.reply_to,
        )
        return OutgoingMail(
            raw=build_mime(parts, _attachments(templates, content)),
            sender=parts.sender[1],
            recipients=tuple(address for _, address in parts.recipients),
            tags={"notice": content.notice.id, "creditor": content.notice.creditor},
        )


def tidy_text(text: str) -> str:
    """One blank line between paragraphs, whatever the optional parts left out."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def inline_css(html: str) -> str:
    return _inliner().inline(html)


def _html(templates: TemplateSet, folder: str, values: dict[str, Any]) -> str:
    blocks = templates.said(f"{folder}/body.txt.j2", values)
    return inline_css(templates.render(f"{folder}/body.html.j2", values | blocks))


def _attachments(templates: TemplateSet, content: NoticeContent) -> tuple[Attachment, ...]:
    """The letter that the message is the copy of, as it was handed over; the proofs it sends."""
    attached = content.told.attached if content.told else ()
    letter = content.letter
    if letter is None or letter.pdf is None:
        return attached
    word = "agreement_file" if content.told else "letter_file"
    name = f"{templates.word(word)}-{letter.sent_on.isoformat()}.pdf"
    return ((name, letter.pdf, "application/pdf"), *attached)


def _sender_address(content: NoticeContent) -> str:
    name = local_part(content.collector.email, default=DEFAULT_LOCAL_PART)
    return f"{name}@{content.payment.sender_domain}"


def _rehearsed(templates: TemplateSet, content: NoticeContent) -> str:
    """Who reads a rehearsal sees that it is one, and whom the message is for."""
    if content.rehearsal_to is None:
        return ""
    meant = ", ".join(r.email or r.name for r in content.notice.recipients)
    return f"[{templates.word('rehearsal')} – {meant}] "


def _recipients(content: NoticeContent) -> tuple[tuple[str, str], ...]:
    if content.rehearsal_to:
        return (("", content.rehearsal_to),)
    if content.rehearsal_to is not None:
        raise RelanceError("redirect-address-missing", {"notice": content.notice.id})
    found = tuple((r.name, r.email) for r in content.notice.recipients if r.email)
    if not found:
        raise RelanceError("no-recipient", {"notice": content.notice.id})
    return found


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False)
