"""What every arrangement made by a person does: it is kept with its author, what it holds is held,
the customer is answered the same day, and who typed it is told what follows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from relance.application.answers import Answered, Postbox, write_answers
from relance.application.office import COMMIT_ATTEMPTS, Desk, Office
from relance.application.ports import CaseChange, Conflict
from relance.domain.case import Case
from relance.domain.evidence import EvidenceDraft


@dataclass(frozen=True, slots=True)
class Arranged:
    """The case as it now is. key: of what was made or changed; answers: to the customer; told:
    whether its owner was written to, None when it has none.
    """

    case: Case
    key: str
    answers: tuple[Answered, ...] = ()
    told: bool | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did. facts: nothing personal, the empty ones are left out; personal: names, and
    what they wrote freely.
    """

    kind: str
    author: str
    facts: dict[str, str]
    personal: Mapping[str, str | None]

    def entry(self, desk: Desk, key: str) -> EvidenceDraft:
        facts = {"about": key, **{name: text for name, text in self.facts.items() if text}}
        personal = {name: text for name, text in self.personal.items() if text}
        return EvidenceDraft(desk.now, self.author, self.kind, facts, personal)


def record(desk: Desk, debtor: str, key: str, change: Callable[[Case], Case], act: Act) -> Case:
    """The case with this hold changed, and the proof of it. The debtor's payer is known again: who
    is written to may be there.
    """

    def decide(case: Case) -> CaseChange:
        return CaseChange(change(case), act.entry(desk, key))

    desk.change(debtor, decide)
    return desk.case(debtor)


def make(
    desk: Desk, debtor: str, kind: str, change: Callable[[Case, str], Case], act: Act
) -> tuple[Case, str]:
    """Likewise for something new, and its key: of its kind, unique in its case, whoever else wrote
    at the same time.
    """
    keys: list[str] = []

    def decide(case: Case) -> CaseChange:
        keys.append(f"{kind}-{case.version}")
        return CaseChange(change(case, keys[-1]), act.entry(desk, keys[-1]))

    desk.change(debtor, decide)
    return desk.case(debtor), keys[-1]


def answered(desk: Desk, case: Case, key: str, postbox: Postbox) -> Arranged:
    """What is agreed is kept whatever happens here: the next run writes what did not leave."""
    for _ in range(COMMIT_ATTEMPTS):
        try:
            after, answers = write_answers(desk, case, postbox)
        except Conflict:
            case = desk.case(case.debtor.code)
        else:
            return Arranged(after, key, answers)
    return Arranged(case, key, (Answered("", None, "case-busy"),))


def answer_now(
    creditor: str, debtor: str, *, office: Office, postbox: Postbox
) -> tuple[Answered, ...]:
    """What was learnt from a call or a reply is confirmed the same day too. Raises NotFound."""
    desk = office.open(creditor)
    return answered(desk, desk.case(debtor), "", postbox).answers
