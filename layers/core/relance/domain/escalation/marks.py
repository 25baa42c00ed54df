"""What a message performs without doing a step: marks after the step's key, in its pairs."""

UNREACHED = ":unreached"
"""It only says that three calls were vain."""

COPY = ":copy"
"""It is the e-mail copy of the registered letter that does the step."""

PLAN = ":plan"
"""It reminds of an instalment of a plan."""

_MARKS = (UNREACHED, COPY, PLAN)


def is_step(performed: str) -> bool:
    return not performed.endswith(_MARKS)
