"""`relance check-invoice FILE.pdf`: which mandatory mentions an invoice lacks, without AWS.

Exit status: 0 nothing missing, 1 something is, 2 refused (`{"error": {"code","text"}}`).
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from relance.application.drop_contents import InvoiceFacts

_LISTS = ("missing", "advised", "coming")
_TITLES = {
    "fr": {
        "missing": "Mentions obligatoires absentes",
        "advised": "À vérifier (obligatoires dans certains cas)",
        "coming": "Obligatoires plus tard",
        "none": "aucune",
    },
    "en": {
        "missing": "Mandatory mentions missing",
        "advised": "To check (mandatory in some cases)",
        "coming": "Mandatory later",
        "none": "none",
    },
}
_ERRORS = {
    "file-not-readable": "This file cannot be read: give the path of a PDF.",
    "not-a-factur-x": "This file holds no Factur-X invoice: its mentions cannot be read.",
}


def check_invoice(
    file: Annotated[Path, typer.Argument(help="A Factur-X or ZUGFeRD invoice (.pdf).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
    language: Annotated[str, typer.Option(help="fr or en.")] = "en",
) -> None:
    """Name the mandatory mentions that an invoice lacks."""
    from relance.adapters.documents import DocumentRefused, is_document, read_document
    from relance.adapters.messages.import_messages import import_sentence

    try:
        content = file.read_bytes()
    except OSError:
        raise _refused("file-not-readable", _ERRORS["file-not-readable"], as_json) from None
    try:
        facts = read_document(content, name=file.name).facts if is_document(content) else None
    except DocumentRefused as error:
        text = import_sentence(error.code, language, error.detail)
        raise _refused(error.code, text, as_json) from None
    if facts is None:
        raise _refused("not-a-factur-x", _ERRORS["not-a-factur-x"], as_json)
    found = as_document(facts)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found, "fr" if language == "fr" else "en")
    raise typer.Exit(1 if facts.missing_mentions else 0)


def as_document(facts: "InvoiceFacts") -> dict[str, Any]:
    """What `--json` prints: each mention with the text that asks for it."""
    from relance.domain.invoice_check import source_of

    lists = (facts.missing_mentions, facts.advised_mentions, facts.coming_mentions)
    return {
        "number": facts.number,
        "issue_date": facts.issue_date.isoformat() if facts.issue_date else None,
        "due_date": facts.due_date.isoformat() if facts.due_date else None,
        "order_number": facts.order_number,
        **{
            name: [{"code": code, "source": source_of(code)} for code in codes]
            for name, codes in zip(_LISTS, lists, strict=True)
        },
    }


def _show(found: dict[str, Any], language: str) -> None:
    from relance.adapters.messages.document_messages import MENTIONS

    titles = _TITLES[language]
    typer.echo(f"{found['number']} ({found['issue_date'] or '?'})")
    for name in _LISTS:
        typer.echo(f"{titles[name]}: {'' if found[name] else titles['none']}".rstrip())
        for one in found[name]:
            mention = MENTIONS[one["code"]]
            text = mention.fr if language == "fr" else mention.en
            typer.echo(f"  - {text} – {one['source']}")


def _refused(code: str, text: str, as_json: bool) -> typer.Exit:
    if as_json:
        typer.echo(json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False))
    else:
        typer.echo(text, err=True)
    return typer.Exit(2)
