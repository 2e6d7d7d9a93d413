"""A figure with everything under it: formula, inputs, and for each record file, sheet, cell and sender."""

from infodesk.cli.show.figures import figure_json, secrecy_of, shown, title_of
from infodesk.cli.show.names import item_name, unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.model.period import Period
from infodesk.stats.trace import Trace, TracedInput, TracedRecord


def show_trace(office: Office, trace: Trace, *, confidential: bool) -> None:
    """The figure, its formula, and a table for each input."""
    tell, terminal = office.terminal.language, office.terminal
    figure = trace.figure
    name = unit_name(office.definitions, tell, figure.unit)
    title = title_of(office, figure, tell)
    is_hidden = secrecy_of(office, figure).is_hidden and not confidential
    terminal.result(
        tell(
            "{title} ({id}), {unit}, {period}: {value}",
            title=title,
            id=figure.id,
            unit=name,
            period=figure.period,
            value=shown(office, figure, confidential=confidential),
        )
    )
    terminal.result(f"  = {trace.formula}")
    if figure.numerator is not None and figure.denominator is not None and not is_hidden:
        terminal.result(f"  = {figure.numerator:f} / {figure.denominator:f}")
    for each in trace.inputs:
        _show_input(office, each, figure.period, confidential=confidential)


def _show_input(office: Office, each: TracedInput, period: Period, *, confidential: bool) -> None:
    tell, terminal = office.terminal.language, office.terminal
    label = item_name(office.definitions, tell, each.form, each.item)
    secrecy = office.definitions.form_by_id[each.form].by_id[each.item].secrecy
    mark = tell.tell(secrecy.label) if secrecy.is_hidden and not confidential else None
    value = mark or (each.value if each.value is not None else "—")
    if each.period != period:
        label = f"{label} {each.period}"
    terminal.result("")
    terminal.result(
        tell("{item} ({form}.{id}): {value}", item=label, form=each.form, id=each.item, value=value)
    )
    table = new_table(
        tell("Unit"),
        tell("Value"),
        tell("File"),
        tell("Cell"),
        tell("Version"),
        tell("Sender"),
        right=(1, 4),
    )
    for record in each.records:
        table.add_row(*_cells(office, record, period, mark))
    terminal.table(table)
    if each.missing:
        names = [unit_name(office.definitions, tell, unit) for unit in each.missing]
        terminal.result(tell("Missing: {units}", units=names))


def _cells(office: Office, record: TracedRecord, period: Period, mark: str | None) -> list[str]:
    tell, definitions = office.terminal.language, office.definitions
    value = mark or (record.value if record.value is not None else tell("blank"))
    if not record.is_counted:
        value = tell("{value} (not counted)", value=value)
    unit = unit_name(definitions, tell, record.unit)
    earlier = "" if record.period == period else str(record.period)
    return [
        " ".join(filter(None, [unit, record.row, earlier])),
        value,
        record.file,
        record.cell or "",
        str(record.version),
        unit_name(definitions, tell, record.sender),
    ]


def trace_json(office: Office, trace: Trace) -> dict[str, object]:
    """The documented shape of `stats trace --json`."""
    return {
        "figure": figure_json(office, trace.figure),
        "formula": trace.formula,
        "inputs": [
            {
                "form": each.form,
                "item": each.item,
                "period": str(each.period),
                "class": office.definitions.form_by_id[each.form].by_id[each.item].secrecy.value,
                "value": each.value,
                "records": [
                    {
                        "unit": record.unit,
                        "period": str(record.period),
                        "row": record.row or None,
                        "value": record.value,
                        "file": record.file,
                        "sha256": record.sha256,
                        "cell": record.cell,
                        "version": record.version,
                        "sender": record.sender,
                        "counted": record.is_counted,
                    }
                    for record in each.records
                ],
                "missing": list(each.missing),
            }
            for each in trace.inputs
        ],
    }
