"""What reading remarked, as findings."""

from collections.abc import Iterable, Iterator

from infodesk.model.definitions import Definitions
from infodesk.model.finding import Cell, Finding, Identity
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.text.message import Message


def remark_findings(
    period: Period, definitions: Definitions, found: Iterable[tuple[Remark, str, str]]
) -> Iterator[Finding]:
    """The findings of remarks, each given with the file and the sender of its workbook."""
    for remark, file, sender in found:
        unit = remark.unit or definitions.units.root.id
        item = remark.item or remark.cell
        identity = Identity(period, remark.form, unit, remark.row, remark.rule, item)
        form = definitions.form_by_id.get(remark.form)
        about = form.by_id.get(remark.item) if form else None
        raw = (about.as_shown(remark.raw, period.last_day) if about else remark.raw) or ""
        cell = Cell(
            remark.item, remark.form, raw or None, file, remark.cell or None, sender, period
        )
        blocks: tuple[tuple[str, str, str], ...] = ()
        if remark.severity is Severity.ERROR and remark.section and _is_own(remark):
            blocks = ((remark.form, remark.section, remark.unit),)
        computed = None
        if remark.detail.startswith("computed:"):
            computed = Message(
                "computed {computed}, written {written}",
                computed=remark.detail[9:],
                written=raw,
            )
        label = form.by_id[remark.item].label if form and remark.item in form.by_id else remark.item
        message = computed or _moved(remark, label) or _message(remark.detail, raw)
        yield Finding(
            identity, remark.severity, message, cells=(cell,) if form or file else (), blocks=blocks
        )


def _moved(remark: Remark, label: object) -> Message | None:
    """What is to be said of an item that is not where it was."""
    word, *rest = remark.detail.split(":")
    if word == "unclear":
        return Message("{item} may stand in {places}: which one is it?", item=label, places=rest[0])
    if word != "moved":
        return None
    values = {"item": label, "before": rest[1], "after": rest[2]}
    if rest[0] == "line" and remark.severity is Severity.INFO:
        return Message("line {before}, {item}, is line {after}, as confirmed", **values)
    if rest[0] == "line":
        return Message("line {before}, {item}, moved to line {after}; read by its label, please confirm", **values)  # fmt: skip
    if remark.severity is Severity.INFO:
        return Message("column {before}, {item}, is column {after}, as confirmed", **values)
    return Message("column {before}, {item}, moved to column {after}; read by its label, please confirm", **values)  # fmt: skip


def _is_own(remark: Remark) -> bool:
    """Whether it is about what its workbook may report: a stranger's rows hold up nobody else's."""
    return remark.detail != "reporter" and not remark.detail.startswith("sender:")


def _message(detail: str, raw: str) -> Message | None:
    """What a remark's detail says in words."""
    word, _, rest = detail.partition(":")
    if word in _WITH_REST and rest:
        return Message(_WITH_REST[word].template, rest=rest.replace(":", " · "))
    if detail in _DETAILS:
        return _DETAILS[detail]
    return Message("{raw}", raw=repr(raw)) if raw else None


_WITH_REST: dict[str, Message] = {
    "error": Message("the cell shows {rest}", rest=""),
    "line": Message("line {rest}", rest=""),
    "column": Message("column {rest}", rest=""),
    "sheet": Message("sheet {rest}", rest=""),
    "sender": Message("already sent by {rest}", rest=""),
    "period": Message("made for {rest}", rest=""),
    "periods": Message("it holds other periods too, collect them with -p: {rest}", rest=""),
    "unknown": Message(
        "there is no such unit; is it {rest}? Say so with: infodesk units alias", rest=""
    ),
}

_DETAILS: dict[str, Message] = {
    "section": Message("nothing of it is filled in"),
    "no_line": Message("its line is not in the workbook"),
    "line_twice": Message("its line stands twice"),
    "twice": Message("given twice in this workbook"),
    "reporter": Message("this sender does not report it"),
    "definition": Message("the blank was made from another version of the form"),
    "unsaved": Message("a formula without a stored value: open the file once and save it"),
    "nil": Message("ticked as nothing to report, and numbers given"),
    "disagree": Message("code and name belong to different units"),
    "closed": Message("the unit is not open in this period"),
    "unknown": Message("there is no such unit"),
    "too_large": Message("the number is too large"),
    "slip": Message("corrected on the query slip"),
}
