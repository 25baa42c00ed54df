"""The reason codes of decisions and of imports as sentences: why something was sent, held, dropped
or refused.

To add one: a line in the module of its subject, in both languages.
"""

from relance.adapters.messages.reasons.arrangements import ARRANGEMENTS
from relance.adapters.messages.reasons.calls import CALLS
from relance.adapters.messages.reasons.decisions import DECISIONS
from relance.adapters.messages.reasons.imports import IMPORTS
from relance.adapters.messages.reasons.modes import MODES
from relance.adapters.messages.reasons.people import PEOPLE
from relance.adapters.messages.reasons.sending import SENDING
from relance.adapters.messages.reasons.sentence import Sentence
from relance.adapters.messages.reasons.team import TEAM
from relance.adapters.messages.reasons.worklists import WORKLISTS

__all__ = ["REASONS", "Sentence", "reason_sentence"]

REASONS: dict[str, Sentence] = (
    ARRANGEMENTS | CALLS | DECISIONS | IMPORTS | MODES | PEOPLE | SENDING | TEAM | WORKLISTS
)


def reason_sentence(code: str, language: str) -> str:
    """The sentence of a code, in French or else in English; an unknown code is shown as it is."""
    sentence = REASONS.get(code)
    if sentence is None:
        return code
    return sentence.fr if language == "fr" else sentence.en
