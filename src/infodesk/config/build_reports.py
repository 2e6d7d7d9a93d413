"""Reports and the clauses of the regulation, and which of them the definitions serve."""

from collections.abc import Iterable
from pathlib import Path as FilePath

from infodesk.config.build_forms import build_due
from infodesk.config.files import find_file
from infodesk.config.shapes_hospital import ClausesShape, ReportShape
from infodesk.config.source import Path, Source
from infodesk.model.clause import Clause
from infodesk.model.report import Report
from infodesk.text.message import Message


def build_report(source: Source, shape: ReportShape, workspace: FilePath) -> Report | None:
    """The report with the path of its template; nothing, and a note, if there is no such file."""
    template = find_file(workspace, f"reports/{shape.template}")
    if template is None:
        source.note(("template",), Message("there is no file {file}", file=shape.template))
        return None
    return Report(
        shape.id,
        shape.title,
        shape.frequency,
        str(template.path),
        shape.name,
        None if shape.due is None else build_due(shape.due),
        tuple(shape.clauses),
        shape.outgoing,
    )


def build_clauses(source: Source, shape: ClausesShape) -> tuple[Clause, ...]:
    """The clauses, in their order."""
    seen: set[str] = set()
    for place, clause in enumerate(shape.clauses):
        if clause.id in seen:
            path: Path = ("clauses", place, "id")
            source.note(path, Message("{id} is declared twice", id=clause.id))
        seen.add(clause.id)
    return tuple(Clause(each.id, each.title, each.conduct) for each in shape.clauses)


def check_clauses(source: Source, named: Iterable[str], clauses: Iterable[Clause]) -> None:
    """Note every clause that a form or a report names and that there is not."""
    known = [clause.id for clause in clauses]
    for place, name in enumerate(named):
        if name not in known:
            source.note_stranger(("clauses", place), name, known)
