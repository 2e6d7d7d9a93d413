"""`infodesk stats explain`, `approve`, `close`, `reopen`: how a period comes to its end."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.stats import stats
from infodesk.cli.workspace import office


@stats.command(help="Explain a finding that is no error.")
def explain(
    ctx: typer.Context,
    finding: Annotated[int, typer.Argument(help="the finding's number")],
    words: Annotated[str, typer.Argument(help="the explanation")],
    period: options.Period = None,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.stats.check import check, numbered
    from infodesk.stats.explain import explain as say

    with office(ctx, by, as_of) as found:
        checked = numbered(found.desk, check(found.desk, found.period(period)))
        say(found.desk, checked, finding, words)
        found.terminal.say("Finding {n} is explained", n=finding)


@stats.command(help="Approve the explanation of a flagged finding.")
def approve(
    ctx: typer.Context,
    finding: Annotated[int, typer.Argument(help="the finding's number")],
    period: options.Period = None,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.stats.check import check, numbered
    from infodesk.stats.explain import approve as agree

    with office(ctx, by, as_of) as found:
        checked = numbered(found.desk, check(found.desk, found.period(period)))
        agree(found.desk, checked, finding)
        found.terminal.say("The explanation of finding {n} is approved", n=finding)


@stats.command(help="Close a period: freeze its figures under a seal.")
def close(
    ctx: typer.Context,
    period: options.Period = None,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.stats.close import close as freeze

    with office(ctx, by, as_of) as found:
        release = freeze(found.desk, found.period(period))
        found.terminal.result(
            found.terminal.language(
                "{period} is closed, version {n}; seal {seal}",
                period=release.period,
                n=release.number,
                seal=release.seal,
            )
        )


@stats.command(help="Open a closed period again.")
def reopen(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(help="the closed period")],
    reason: Annotated[str, typer.Option("--reason", help="why")],
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.stats.close import reopen as unfreeze

    with office(ctx, by, as_of) as found:
        chosen = found.period(period)
        longer = unfreeze(found.desk, chosen, reason)
        found.terminal.say("{period} is open again", period=chosen)
        if longer:
            found.terminal.say(
                "Still closed, with the figures as sealed: {periods}; open them too if it changes them",
                periods=list(map(str, longer)),
            )
