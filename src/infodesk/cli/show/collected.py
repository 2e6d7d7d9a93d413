"""What became of the files: as they come, as a table at the end, as JSON."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from infodesk.cli.show.names import item_name, unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.model.finding import Cell, Finding
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Change
from infodesk.stats.check import Checked
from infodesk.stats.collect import FileResult
from infodesk.stats.slip_answers import Answered
from infodesk.stats.written import shown_answer
from infodesk.text.message import Message

RESULTS = {
    "new": Message("new"),
    "updated": Message("updated"),
    "unchanged": Message("unchanged"),
    "refused": Message("refused"),
    "unknown": Message("unknown"),
}

ANSWERS = {
    "corrected": Message("corrected"),
    "explained": Message("explained"),
    "refused": Message("refused"),
}


def watched(
    office: Office, files: list[Path], results: Iterable[FileResult]
) -> Iterator[FileResult]:
    """The results as they come: a bar on a screen, a plain line each elsewhere."""
    terminal = office.terminal
    if terminal.is_screen:
        console = Console(file=terminal.err)
        label = terminal.language("Collecting")
        yield from track(results, label, total=len(files), console=console, transient=True)
        return
    for result in results:
        told = terminal.language.tell(RESULTS[result.result])
        terminal.say("{result}: {file}", result=told, file=result.file.name)
        yield result


def findings_of(checked: Checked, result: FileResult) -> list[Finding]:
    """The findings, all but the ignorable, that touch what a file gave."""
    parts = {taken.part for taken in result.taken}
    return [
        finding
        for finding in checked.findings
        if finding.severity is not Severity.INFO
        and (parts & set(finding.blocks) or any(_is_in(cell, result) for cell in finding.cells))
    ]


def _is_in(cell: Cell, result: FileResult) -> bool:
    return cell.file == result.file.name and cell.sender == result.sender


def show_collected(office: Office, results: list[FileResult], checked: Checked) -> None:
    """The table at the end: file, sender, forms, result, findings; then what changed, and why not."""
    tell = office.terminal.language
    table = new_table(
        tell("File"), tell("Sender"), tell("Forms"), tell("Result"), tell("Findings"), right=(4,)
    )
    same = [result for result in results if result.result == "unchanged"]
    for result in results:
        if result not in same:
            table.add_row(*_row(office, result, checked))
    if len(same) < len(results):
        office.terminal.table(table)
    elif not same:
        office.terminal.result(tell("Nothing lies there to take in"))
    for result in results:
        if result.reason is not None and result not in same:
            _show_reason(office, result)
        for line in _details(office, result):
            office.terminal.result(line)
    _show_same(office, [result.file.name for result in same])


def _show_same(office: Office, names: list[str]) -> None:
    tell = office.terminal.language
    shown = [*names[:3], "…"] if len(names) > 3 else names
    if names:
        office.terminal.result(
            tell("{n} unchanged, taken before (GEN-019): {files}", n=len(names), files=shown)
        )


def _row(office: Office, result: FileResult, checked: Checked) -> list[str]:
    tell = office.terminal.language
    sender = unit_name(office.definitions, tell, result.sender) if result.sender else ""
    found = str(len(findings_of(checked, result))) if result.taken else ""
    told = tell.tell(RESULTS[result.result])
    return [result.file.name, sender, _forms(office, result), told, found]


def _forms(office: Office, result: FileResult) -> str:
    forms = dict.fromkeys(taken.part.form for taken in result.taken)
    titles = [office.definitions.form_by_id[form].title for form in forms]
    return office.terminal.language.tell(titles)


def _show_reason(office: Office, result: FileResult) -> None:
    tell = office.terminal.language
    line = tell("{file}: {reason}", file=result.file.name, reason=result.reason)
    office.terminal.result(line)
    if result.hint is not None:
        office.terminal.result(tell("  → {hint}", hint=result.hint))


def _details(office: Office, result: FileResult) -> Iterator[str]:
    """What a file changed, and what its query slip was answered with."""
    for change in result.changes:
        yield _change(office, result, change)
    for answer in result.answers:
        yield _answer(office, answer)


def _answer(office: Office, answer: Answered) -> str:
    """What became of an answer on a query slip."""
    told = office.terminal.language.tell(ANSWERS[answer.result])
    line = office.terminal.language("query {n}: {result}", n=answer.finding, result=told)
    if answer.reason is None:
        return line
    return office.terminal.language("{file}: {reason}", file=line, reason=answer.reason)


def _change(office: Office, result: FileResult, change: Change) -> str:
    definitions, tell = office.definitions, office.terminal.language
    item = definitions.form_by_id[change.part.form].by_id[change.item]
    version = next(taken.version for taken in result.taken if taken.part == change.part)
    blank = tell("blank")
    return tell(
        "{unit} · {item}: {old} → {new} (version {version})",
        unit=unit_name(definitions, tell, change.part.unit),
        item=item_name(definitions, tell, change.part.form, change.item),
        old=shown_answer(item, change.old) or blank,
        new=shown_answer(item, change.new) or blank,
        version=version,
    )


def collected_json(
    office: Office, period: Period, results: list[FileResult], checked: Checked
) -> dict[str, object]:
    """The documented shape of `stats collect --json`."""
    return {"period": str(period), "files": [_file_json(office, each, checked) for each in results]}


def _file_json(office: Office, result: FileResult, checked: Checked) -> dict[str, object]:
    tell = office.terminal.language
    return {
        "file": result.file.name,
        "sha256": result.sha256 or None,
        "sender": result.sender,
        "result": result.result,
        "reason": None if result.reason is None else tell.tell(result.reason),
        "submissions": [
            {
                "form": taken.part.form,
                "section": taken.part.section,
                "unit": taken.part.unit,
                "version": taken.version,
                "records": taken.records,
            }
            for taken in result.taken
        ],
        "findings": len(findings_of(checked, result)) if result.taken else 0,
        "changes": [_change_json(office, change) for change in result.changes],
        "answers": [
            {
                "finding": answer.finding,
                "result": answer.result,
                "reason": None if answer.reason is None else tell.tell(answer.reason),
            }
            for answer in result.answers
        ],
    }


def _change_json(office: Office, change: Change) -> dict[str, object]:
    item = office.definitions.form_by_id[change.part.form].by_id[change.item]
    return {
        "form": change.part.form,
        "unit": change.part.unit,
        "row": change.row or None,
        "item": change.item,
        "old": shown_answer(item, change.old),
        "new": shown_answer(item, change.new),
    }
