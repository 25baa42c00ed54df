"""`relance simulate`: what the coming days would bring, without AWS and with no effect.

Exit status: 0 simulated, 2 refused (`{"error": {"code","text"}}`), 3 the balance asks a question,
as `relance read` says it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relance.adapters.balance_files import BalanceQuestion, BalanceRefused
from relance.adapters.messages.balance_messages import Language
from relance.cli.read import (
    DateOrderOption,
    DecimalMarkOption,
    Lang,
    ask,
    locale_language,
    plain_amount,
    stop,
)
from relance.domain.case import Case
from relance.domain.creditor import Creditor, Mode
from relance.domain.errors import RelanceError
from relance.domain.policy import Policy

if TYPE_CHECKING:
    from relance.application.simulation import Simulation
    from relance.application.simulation.payments import PaymentModel
    from relance.application.simulation.world import Dispatch
    from relance.cli.simulation_files import Given, SimulationFiles

_REFUSED = 2
_MOST_DAYS = 1100
"""Three years."""


def simulate(
    balance: Annotated[Path, typer.Option(help="Aged balance, open-item list or FEC.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    contacts: Annotated[Path | None, typer.Option(help="Contacts file.")] = None,
    policy: Annotated[
        str | None, typer.Option(help="policy.yaml, or the name of a shipped policy.")
    ] = None,
    creditor: Annotated[Path | None, typer.Option(help="creditor.yaml.")] = None,
    payments: Annotated[
        str, typer.Option(help="never, typical[:SEED], or a file of number,date[,amount].")
    ] = "never",
    assume_contacts: Annotated[
        bool | None,
        typer.Option(
            "--assume-contacts/--no-assume-contacts",
            help="Take who has no e-mail or address to have one. Default: when nobody has any.",
        ),
    ] = None,
    date_order: Annotated[DateOrderOption | None, typer.Option()] = None,
    decimal_mark: Annotated[DecimalMarkOption | None, typer.Option()] = None,
    caps: Annotated[
        bool, typer.Option("--caps", help="As far as the daily caps and the budget go.")
    ] = False,
    mode: Annotated[Mode, typer.Option(help="What may leave: see the manual.")] = Mode.AUTO,
    debtor: Annotated[
        list[str] | None, typer.Option(help="With the mode allow_list: whom it writes to.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    language: Annotated[Lang | None, typer.Option(help="Language of the sentences.")] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Every message, not the first.")] = False,
) -> None:
    """Decide the coming days of a balance as the daily run would, and show them."""
    from relance.cli.simulation_files import SimulationFiles

    spoken: Language = language.value if language else locale_language()
    files = SimulationFiles(
        balance,
        contacts,
        creditor,
        policy,
        date_order.value if date_order else None,
        decimal_mark.value if decimal_mark else None,
    )
    leaving = Leaving(mode, frozenset(debtor or ()), caps)
    try:
        done = _simulated(
            files, first.date(), last.date(), payments, leaving, assume=assume_contacts
        )
    except BalanceRefused as error:
        raise stop(error, spoken, json_output=json_output) from None
    except BalanceQuestion as error:
        raise ask(error, spoken, json_output=json_output) from None
    except RelanceError as error:
        raise _refused(error, spoken, json_output=json_output) from None
    if json_output:
        typer.echo(json.dumps(as_json(*done), ensure_ascii=False))
    else:
        from relance.cli.simulation_view import show

        show(*done, spoken, every=show_all)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves of what is decided. allow_list: codes, for the mode of that name."""

    mode: Mode = Mode.AUTO
    allow_list: frozenset[str] = frozenset()
    caps: bool = False

    def dispatch(self, creditor: Creditor, policy: Policy) -> "Dispatch":
        from relance.application.forecast import CappedDispatch
        from relance.application.simulation.world import everything
        from relance.domain.escalation.caps import caps_of

        if not self.caps:
            return everything
        return CappedDispatch(caps_of(creditor.profile, policy), None, self.mode is Mode.REDIRECT)


def _simulated(
    files: "SimulationFiles",
    first: date,
    last: date,
    payments: str,
    leaving: Leaving,
    *,
    assume: bool | None,
) -> "tuple[Simulation, tuple[str, ...], dict[str, int]]":
    from relance.adapters.simulated_payments import payment_model
    from relance.adapters.simulation_processes import simulate_apart
    from relance.cli.simulation_files import read_all

    if last < first:
        raise RelanceError("dates-out-of-order")
    if (last - first).days >= _MOST_DAYS:
        raise RelanceError("simulation-too-long", {"days": str(_MOST_DAYS)})
    pays = payment_model(payments)
    given = read_all(files, first, assume=assume)
    days = (first, last)
    simulation = simulate_apart(
        given.portfolio.cases,
        lambda cases: _of(cases, given, days, pays, leaving),
        processors=1 if leaving.caps else None,
    )
    return simulation, given.warnings, given.rejected


def _of(
    cases: Sequence[Case],
    given: "Given",
    days: tuple[date, date],
    pays: "PaymentModel",
    leaving: Leaving,
) -> "Simulation":
    """Of a part of the portfolio: the documents to come are those of its debtors."""
    from relance.application.simulation import simulate as days_of

    coming, codes = given.portfolio.coming, {case.debtor.code for case in cases}
    return days_of(
        cases,
        given.policy,
        given.calendar,
        *days,
        creditor=replace(given.creditor, allow_list=leaving.allow_list),
        pays=pays,
        coming={code: items for code, items in coming.items() if code in codes},
        dispatch=leaving.dispatch(given.creditor, given.policy),
        mode=leaving.mode,
    )


def as_json(
    simulation: "Simulation", warnings: tuple[str, ...], rejected: dict[str, int]
) -> dict[str, Any]:
    """The documented shape (docs/simulation.md): dates ISO, amounts as decimal strings."""
    totals = asdict(simulation.totals)
    for name in ("paid", "open"):
        totals[name] = {code: plain_amount(v) for code, v in sorted(totals[name].items())}
    return {
        "from": simulation.first.isoformat(),
        "to": simulation.last.isoformat(),
        "actions": [
            {
                "date": one.date.isoformat(),
                "debtor_code": one.debtor_code,
                "message": one.message,
                "step": one.step,
                "level": one.level.value,
                "channel": one.channel.value,
                "items": list(one.items),
                "reason": one.reason,
            }
            for one in simulation.actions
        ],
        "held": [
            {
                "debtor_code": one.debtor_code,
                "from": one.first.isoformat(),
                "until": one.until.isoformat(),
                "reason": one.reason,
            }
            for one in simulation.held
        ],
        "totals": {**totals, "warnings": list(warnings), "rejected": rejected},
    }


def _refused(error: RelanceError, language: Language, *, json_output: bool) -> typer.Exit:
    from relance.adapters.config_files.problems import ConfigRefused
    from relance.adapters.messages.import_messages import import_sentence
    from relance.adapters.messages.simulation_messages import ERRORS, label
    from relance.cli.config_mistakes import mistakes, print_mistakes

    text = import_sentence(error.code, language, error.detail)
    if error.code in ERRORS:
        text = label(ERRORS, error.code, language).format_map(error.detail)
    problems = mistakes(error, language) if isinstance(error, ConfigRefused) else []
    if json_output:
        body = {"code": error.code, "text": text}
        told = {"file": error.detail["file"], "problems": problems} if problems else {}
        typer.echo(json.dumps({"error": body | told}, ensure_ascii=False))
    elif problems:
        print_mistakes(error.detail["file"], problems)
    else:
        typer.echo(text, err=True)
    return typer.Exit(_REFUSED)
