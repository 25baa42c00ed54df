"""The language of a command's sentences: the one asked for, else the creditor's."""

from typing import Annotated

import typer

from relance.application.office import Office
from relance.cli.read import Lang

LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language; default: the creditor's.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def language_of(lang: Lang | None, creditor: str, office: Office) -> str:
    return lang.value if lang else office.creditors.get(creditor).profile.language
