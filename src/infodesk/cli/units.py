"""`infodesk units`: the departments."""

from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.show.names import unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office, office
from infodesk.errors import InfodeskError
from infodesk.text.folding import key
from infodesk.text.message import Message

units = typer.Typer(help="Departments, wards and clinics.", no_args_is_help=True)


@units.command("list", help="List the units in the hospital's order.")
def list_units(ctx: typer.Context, as_json: options.Json = False) -> None:
    with office(ctx) as found:
        if as_json:
            found.terminal.json({"units": _units_json(found)})
        else:
            _show(found)


def _show(found: Office) -> None:
    tell = found.terminal.language
    table = new_table(tell("Code"), tell("Unit"), tell("Kind"), tell("Aliases"), tell("Contact"))
    kinds = {kind.id: kind.title for kind in found.definitions.units.kinds}
    for unit in found.definitions.units.units:
        kind = tell.tell(kinds.get(unit.kind, unit.kind))
        contact = " ".join(filter(None, (unit.contact.name, unit.contact.phone)))
        table.add_row(unit.id, tell.tell(unit.title), kind, tell.tell(unit.aliases), contact)
    found.terminal.table(table)


def _units_json(found: Office) -> list[dict[str, object]]:
    return [
        {
            "id": unit.id,
            "title": {"zh": unit.title.zh, "en": unit.title.en},
            "kind": unit.kind,
            "parent": unit.parent,
            "aliases": list(unit.aliases),
            "opened": unit.opened.isoformat() if unit.opened else None,
            "closed": unit.closed.isoformat() if unit.closed else None,
            "successors": list(unit.successors),
        }
        for unit in found.definitions.units.units
    ]


@units.command(
    "import", help="Take units from a spreadsheet: code, title, aliases, order, kind, contact."
)
def import_list(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="an .xlsx file with a header row")],
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="the sheet, if not the first")
    ] = None,
    header_row: Annotated[
        int | None, typer.Option("--header-row", help="the row of the headers, from 1")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="a column of another name: code='Org Code'")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="the kind of all of them")] = None,
    dry_run: options.DryRun = False,
) -> None:
    from infodesk.config.files import UNITS
    from infodesk.config.write_units import units_yaml
    from infodesk.stats.unit_import import Where, import_units
    from infodesk.workbooks.read import read_book

    with office(ctx) as found:
        where = Where(sheet, header_row, _columns(column or []), kind)
        path = found.terminal.folder / file
        imported = import_units(found.definitions.units, read_book(_content(path)), where)
        for word, names in (
            ("new", imported.new),
            ("changed", imported.changed),
            ("kept", imported.kept),
        ):
            told = [unit_name(found.definitions, found.terminal.language, name) for name in names]
            found.terminal.result(_line(found, word, told))
        for row in imported.left_out:
            found.terminal.say("Row {row} has no code and is left out", row=row)
        if not dry_run and (imported.new or imported.changed):
            _replace(found.folder / UNITS, units_yaml(imported.tree))
            found.terminal.next_step("infodesk check")


@units.command(help="Remember a name that people use for a unit.")
def alias(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="the name as it stands in workbooks")],
    unit: Annotated[str, typer.Argument(help="the unit it means: code, name or alias")],
    dry_run: options.DryRun = False,
) -> None:
    from infodesk.config.add_alias import with_alias
    from infodesk.config.files import UNITS

    with office(ctx) as found:
        meant, known = found.unit(unit), found.definitions.units.find(name)
        told = unit_name(found.definitions, found.terminal.language, meant.id)
        if known == meant:
            found.terminal.say("{name} means {unit} already", name=name, unit=told)
            return
        _check_free(found, name)
        path = found.folder / UNITS
        text = with_alias(path.read_text(encoding="utf-8"), meant.id, name.strip())
        if not dry_run:
            _replace(path, text)
        found.terminal.result(found.terminal.language("{name} means {unit}", name=name, unit=told))
        found.terminal.next_step("infodesk stats collect --again")


def _check_free(found: Office, name: str) -> None:
    """Refuse a name that means another unit, or nothing at all."""
    if not name.strip():
        raise InfodeskError(Message("an alias is a name, not blanks"))
    names = {
        key(each): unit.id
        for unit in found.definitions.units.units
        for each in (unit.id, unit.title.zh, unit.title.en, *unit.aliases)
        if each
    }
    if key(name) in names:
        other = unit_name(found.definitions, found.terminal.language, names[key(name)])
        raise InfodeskError(
            Message("{name} is a name of {unit} already", name=repr(name), unit=other),
            Message("one name cannot mean two units"),
        )


LINES = {
    "new": Message("New ({n}): {units}"),
    "changed": Message("Changed ({n}): {units}"),
    "kept": Message("Not in the list, kept ({n}): {units}"),
}


def _line(found: Office, word: str, names: list[str]) -> str:
    shown = [*names[:10], "…"] if len(names) > 10 else names
    return found.terminal.language(LINES[word].template, n=len(names), units=shown)


def _columns(texts: list[str]) -> dict[str, str]:
    columns = {}
    for text in texts:
        name, sign, title = text.partition("=")
        if not sign:
            raise InfodeskError(
                Message("{text} names no column", text=repr(text)),
                Message("write --column code='Org Code'"),
            )
        columns[name.strip()] = title.strip()
    return columns


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InfodeskError(
            Message("{file} cannot be read: {reason}", file=str(path), reason=error.strerror)
        ) from error


def _replace(path: Path, text: str) -> None:
    """Put the new list in its place; the old one stays beside it."""
    if path.exists():
        path.with_name(f"{path.name}.before").write_bytes(path.read_bytes())
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
