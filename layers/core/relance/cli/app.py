"""The `relance` command: one module per group of sub-commands, registered here."""

import typer

from relance.cli import (
    arrangements,
    calls,
    going_live,
    imports,
    local,
    morning,
    orders,
    payments,
    people,
    policy,
    team,
    worklists,
)
from relance.cli.check_invoice import check_invoice
from relance.cli.demo.command import demo
from relance.cli.preflight import preflight
from relance.cli.read import read
from relance.cli.read_mail import read_mail
from relance.cli.simulate import simulate

app = typer.Typer(no_args_is_help=True)
app.command("read")(read)
app.command("read-mail")(read_mail)
app.command("check-invoice")(check_invoice)
app.command("check-policy")(policy.check_policy)
app.command("policy-schema")(policy.schema)
app.command("simulate")(simulate)
app.command("case")(people.case)
app.command("todo")(people.todo)
app.command("approve")(people.approve)
app.command("checklist")(team.show_checklist)
app.command("sales-stop")(team.sales_stop)
app.command("flag")(team.flag)
app.command("claim-file")(team.show_claim_file)
app.command("order-notice")(orders.order_notice)
app.command("take-back")(team.take_case_back)
app.command("seen")(people.seen)
app.command("call")(calls.call)
app.command("calls")(calls.calls)
app.command("call-sheet")(calls.show_call_sheet)
app.command("confirm")(people.confirm)
app.command("confirm-import")(imports.confirm_import)
app.command("preflight")(preflight)
app.command("stats")(payments.stats)
app.command("profile")(payments.profile)
app.command("mode")(going_live.mode)
app.command("go-live")(going_live.go_live)
app.command("release")(going_live.release_old)
app.command("release-day")(going_live.release_day)
app.command("allow-address")(going_live.allow_address)
app.command("stop")(going_live.stop)
app.command("sample")(going_live.sample)
app.command("preview")(morning.preview)
app.command("digest")(morning.digest)
app.command("pause")(people.pause)
app.command("resolve")(people.resolve)
app.command("paid")(imports.paid)
app.command("done")(people.done)
app.command("promise")(arrangements.promise)
app.command("dispute")(arrangements.dispute)
app.command("resolve-dispute")(arrangements.resolve_dispute)
app.command("mend")(arrangements.mend)
app.command("plan-propose")(arrangements.plan_propose)
app.command("plan-agree")(arrangements.plan_agree)
app.command("plan-end")(arrangements.plan_end)
app.command("arrange")(arrangements.arrange)
app.command("arrange-approve")(arrangements.arrange_approve)
app.command("hold")(arrangements.hold)
app.command("unhold")(arrangements.unhold)
app.command("undo")(worklists.undo)
app.command("worklist")(worklists.worklist)
app.command("up")(local.up)
app.command("down")(local.down)
app.command("demo")(demo)


@app.callback()
def relance() -> None:
    """Receivables collection from the terminal."""
