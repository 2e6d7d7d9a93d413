"""Options that mean the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

Period = Annotated[
    str | None,
    typer.Option(
        "-p",
        "--period",
        help="month 2026-09, quarter 2026-Q3, year 2026; the earliest open month if not given",
    ),
]
Unit = Annotated[
    str | None, typer.Option("--unit", help="a department's code, name or alias", metavar="NAME")
]
Form = Annotated[str | None, typer.Option("--form", help="a form's id or title", metavar="NAME")]
Json = Annotated[bool, typer.Option("--json", help="the result as one JSON object")]
Text = Annotated[bool, typer.Option("--text", help="a few lines to paste into a chat")]
ShowConfidential = Annotated[
    bool, typer.Option("--show-confidential", help="also what is confidential")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="take this day (or moment) for now", metavar="DATE")
]
By = Annotated[
    str, typer.Option("--by", help="who does it, beside the system's user", metavar="NAME")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="say what would be done, and do nothing")]
Folder = Annotated[Path | None, typer.Argument(help="the folder of the workspace", metavar="[DIR]")]
