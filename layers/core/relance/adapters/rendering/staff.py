"""Messages to our own people: reports, tasks, forwarded replies.

Templates: `<language>/staff/<name>/{subject.txt,body.txt}.j2`, in the language of the creditor.
The context carries plain values; a missing required key is an error, an absent optional key is
None, other keys are not shown.

| template | required keys | optional keys |
|---|---|---|
| every one | | `at`: aware datetime, the Date header (else `received_at`); `command`: to type |
| `import_report` | `status`, `kind` (of ImportReport), `file_name`, `counts` {key: int} | the \
others of `ImportReport.values`, whole: the message shows `MAIL_LINES` of each list |
| `drop_refused` | `drop_name`, `sentence` | `received_at`, `rejected` [{line, sentence}] |
| `letters_to_print` | `day` date, `folder`, `letters` [{debtor_name, debtor_code, registered, \
pages, file}] | |
| `forwarded_reply` | `debtor_name`, `debtor_code` ("?": in triage), `subject`, `received_at`, \
`kind` (ReplyKind), `visible_text`, `reply_id` | `sender`, `holds` bool, `warning` reason code, \
`attachments` [file name], `reply_to`: address that answers go to, left out when it is not one |
| `task_opened` | `kind` (TaskKind), `debtor_name`, `debtor_code`, `due_on` date | `reason` code, \
`detail` sentence, `contact_name`, `phone`, `lines`, `asked` {currency: Decimal}, `addresses` \
[text] that nothing goes to any more |
| `worklist` | `day` date, `total` {currency: Decimal}, `over` (calls that wait for another day), \
`calls` (sheets of `application/call_sheet.py`), `approvals`, `hand_overs`, \
`tasks`: [{debtor_name, debtor_code, asked, lines, more, reason, command}], an approval with \
`deadline` (None: no formal notice), any other with `kind`, `due_on`, `owner`; a hand-over with \
`missing` [{piece, numbers}] | |
| `level_2_near` | `customers` [{debtor_name, debtor_code, leaves_on, asked, lines, command}], \
`days`: working days of the longest stop | `reply_to`: who types it for the salesperson |
| `to_solve` | `matter` (dispute, credit, correct, mend), `debtor_name`, `debtor_code`, `target` \
date, `reason` code, `collector`: who reads the answers | `about`, `owner`, `person`, `lines`, \
`reply_to` |
| `morning` | `day` date, `parts` (preview, digest), `is_all` bool (not one collector’s), \
`send_from` text, `is_now` bool, `mode`, \
`pause` command, `missing_pages` int | `closed` reason, `release` command, `redirect_to`, \
`balance_of` date, `attached` bool, the sections of `application/morning/views.py` |
| `notices_to_resolve` | `notices` [{debtor_name, debtor_code, channel, level, since, command}] | |
| `run_stopped` | `addresses` [{address, debtors [code], command}] | |
| `payment_details_pending` | `uploaded_by`, `changes` [{field, old, new}] (fields of \
PaymentDetails) | `confirmed_by` [name] |

`lines`: StatementLine, or anything with number, due_date, days_late, amount, currency.
Lists may hold dicts or objects.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from relance.adapters.rendering.emails import inline_css, tidy_text
from relance.adapters.rendering.mime import MailParts, build_mime, clean_subject, is_address
from relance.adapters.rendering.report_view import MAIL_LINES, report_view
from relance.adapters.rendering.report_words import ReportWords
from relance.adapters.rendering.template_set import (
    TemplateSet,
    language_of,
    template_set,
)
from relance.domain.creditor import CreditorProfile
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail

LOCAL_PART = "relance"
REPORT = "import_report"


class Keys(NamedTuple):
    required: frozenset[str]
    optional: frozenset[str] = frozenset()


COMMON_KEYS = frozenset({"at", "command"})
_WHO = frozenset({"debtor_name", "debtor_code"})
CONTEXT_KEYS: dict[str, Keys] = {
    "import_report": Keys(
        frozenset({"status", "kind", "file_name", "counts"}),
        frozenset({"code", "detail", "seen", "as_of", "received_at", "accepted_by", "asks"})
        | {"totals", "file_totals", "differences", "collected", "settled", "aged_on", "aged"}
        | {
            "file_aged",
            "rejected",
            "changes",
            "columns",
            "left_as_is",
            "warnings",
            "mismatches",
            "movements",
        }
        | {"late_debtors", "to_release", "asked", "done", "next", "quarantine_key", "report_key"},
    ),
    "drop_refused": Keys(
        frozenset({"drop_name", "sentence"}), frozenset({"received_at", "rejected"})
    ),
    "letters_to_print": Keys(frozenset({"day", "folder", "letters"})),
    "forwarded_reply": Keys(
        _WHO | {"subject", "received_at", "kind", "visible_text", "reply_id"},
        frozenset({"sender", "holds", "warning", "attachments", "reply_to"}),
    ),
    "task_opened": Keys(
        _WHO | {"kind", "due_on"},
        frozenset({"reason", "detail", "contact_name", "phone", "lines", "asked", "addresses"}),
    ),
    "worklist": Keys(
        frozenset({"day", "total", "over", "calls", "approvals", "hand_overs", "tasks"})
    ),
    "level_2_near": Keys(frozenset({"customers", "days"}), frozenset({"reply_to"})),
    "to_solve": Keys(
        _WHO | {"matter", "target", "reason", "collector"},
        frozenset({"about", "owner", "person", "lines", "reply_to"}),
    ),
    "morning": Keys(
        frozenset({"day", "parts", "is_all", "send_from", "is_now", "mode", "pause"})
        | {"missing_pages"},
        frozenset({"closed", "release", "redirect_to", "balance_of", "attached"})
        | {"leaving", "held", "observed", "left", "not_left", "bounced", "approvals"}
        | {"doubtful", "unread", "broken", "deadlines", "stale", "imports", "calls"},
    ),
    "notices_to_resolve": Keys(frozenset({"notices"})),
    "run_stopped": Keys(frozenset({"addresses"})),
    "payment_details_pending": Keys(
        frozenset({"uploaded_by", "changes"}), frozenset({"confirmed_by"})
    ),
}


class JinjaStaffRenderer:
    """Same arguments, same bytes."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates

    def message(
        self,
        template: str,
        *,
        profile: CreditorProfile,
        sender_domain: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[tuple[str, bytes, str]] = (),
    ) -> OutgoingMail:
        """Raises RelanceError: template-unknown, staff-context-missing, mail-address-refused."""
        values = _checked(template, context) | {"profile": profile}
        language = language_of(profile.language)
        templates = template_set(self._templates, language)
        if template == REPORT:
            values["view"] = report_view(values, MAIL_LINES)
            values["say"] = ReportWords(templates.words)
        folder = f"{language}/staff/{template}"
        subject = clean_subject(templates.render(f"{folder}/subject.txt.j2", values))
        text = tidy_text(templates.render(f"{folder}/body.txt.j2", values))
        parts = MailParts(
            sender=(f"Relance – {profile.identity.name}", f"{LOCAL_PART}@{sender_domain}"),
            recipients=(("", to),),
            subject=subject,
            text=text,
            html=_html(templates, folder, values | {"mail_subject": subject}),
            message_id=f"{_digest(template, to, text, values)}@{sender_domain}",
            at=_instant(values["at"] or values.get("received_at")),
            reply_to=_reply_to(values.get("reply_to")),
            automatic=True,
        )
        return OutgoingMail(
            raw=build_mime(parts, attachments),
            sender=parts.sender[1],
            recipients=(to,),
            tags={"creditor": profile.code, "staff": template},
        )


def _checked(template: str, context: dict[str, object]) -> dict[str, object]:
    """The context with its absent optional keys as None."""
    if template not in CONTEXT_KEYS:
        raise RelanceError("template-unknown", {"template": template})
    required, optional = CONTEXT_KEYS[template]
    missing = required - context.keys()
    if missing:
        detail = {"template": template, "missing": ",".join(sorted(missing))}
        raise RelanceError("staff-context-missing", detail)
    return dict.fromkeys(optional | COMMON_KEYS) | context


def _html(templates: TemplateSet, folder: str, values: dict[str, object]) -> str:
    """The same words in the shell of all messages; a template with a page of its own writes its
    blocks in `common/staff`, for both languages.
    """
    own = f"common/staff/{folder.rpartition('/')[2]}"
    page, text = f"{own}.html.j2", f"{own}.txt.j2"
    if not templates.has(page):
        page, text = "common/staff/layout.html.j2", f"{folder}/body.txt.j2"
    said = templates.said(text, values)
    return inline_css(templates.render(page, values | said))


def _digest(template: str, to: str, text: str, values: dict[str, object]) -> str:
    seed = "\x00".join((template, to, text, str(values["at"])))
    return hashlib.sha256(seed.encode()).hexdigest()[:40]


def _reply_to(address: object) -> str | None:
    """A customer's address is never trusted: a reply must be forwarded whatever it is."""
    return address if isinstance(address, str) and is_address(address) else None


def _instant(at: object) -> datetime | None:
    return at if isinstance(at, datetime) else None
