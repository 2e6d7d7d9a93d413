"""`infodesk stats figures` and `trace`: the official numbers, and what they are made from."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.stats import attention, stats
from infodesk.cli.workspace import office


@stats.command(help="Print the official figures.")
def figures(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="indicators or items; all indicators if none is named", metavar="[NAME]..."
        ),
    ] = None,
    period: options.Period = None,
    unit: options.Unit = None,
    items: Annotated[bool, typer.Option("--items", help="also every item")] = False,
    as_json: options.Json = False,
    text: options.Text = False,
    confidential: options.ShowConfidential = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.figures import figures_json, figures_lines, show_figures
    from infodesk.stats.pick import pick_figures

    with office(ctx, as_of=as_of) as found:
        chosen = found.period(period)
        picked = pick_figures(
            found.desk, chosen, found.unit(unit), tuple(names or ()), items=items or as_json
        )
        if as_json:
            found.terminal.json(figures_json(found, chosen, picked))
        elif text:
            for line in figures_lines(found, picked):
                found.terminal.result(line)
        else:
            show_figures(found, picked, confidential=confidential)
            found.terminal.next_step("infodesk report build")
    raise typer.Exit(attention(any("incomplete" in figure.flags for figure in picked)))


@stats.command(help="Trace a figure down to file, sheet, cell and sender.")
def trace(
    ctx: typer.Context,
    figure: Annotated[str, typer.Argument(help="an indicator or an item")],
    period: options.Period = None,
    unit: options.Unit = None,
    as_json: options.Json = False,
    confidential: options.ShowConfidential = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.traced import show_trace, trace_json
    from infodesk.stats.trace import trace as follow

    with office(ctx, as_of=as_of) as found:
        traced = follow(found.desk, figure, found.period(period), found.unit(unit))
        if as_json:
            found.terminal.json(trace_json(found, traced))
        else:
            show_trace(found, traced, confidential=confidential)
