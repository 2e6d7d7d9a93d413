"""What became of an entry that was written: its number, what is not as it should be, what stands in the way."""

from infodesk.cli.workspace import Office
from infodesk.duty.judge import Draft, Judged
from infodesk.duty.words import answer_words
from infodesk.duty.write import Written
from infodesk.errors import InfodeskError
from infodesk.model.entry import GAPS, SKIPPED, Breach, Key, Line
from infodesk.model.item import Item
from infodesk.model.limit import Band, Level
from infodesk.model.logbook import Field, Logbook
from infodesk.text.message import Message


class NotTakenError(InfodeskError):
    """The entry has mistakes; they were listed already."""


def show_written(
    found: Office, draft: Draft, written: Written, *, as_json: bool, dry_run: bool = False
) -> bool:
    """Show what was written; whether it needs a person. NotTakenError, with every mistake told, if it was not."""
    refuse(found, draft, written)
    judged = written.judged
    for warning in written.warnings:
        found.terminal.tell(warning)
    line = written.already.last if written.already is not None else written.line
    if as_json and line is not None:
        found.terminal.json(line_json(line))
    elif not as_json:
        _show(found, draft, written, dry_run=dry_run)
    return judged.level is not Level.NORMAL


def refuse(found: Office, draft: Draft, written: Written) -> None:
    """NotTakenError, with every mistake told, if a draft is not sound."""
    if not written.judged.is_sound:
        _tell_problems(found, draft, written.judged)


def _tell_problems(found: Office, draft: Draft, judged: Judged) -> None:
    for problem in judged.problems:
        if problem.key is None:
            found.terminal.tell(problem.message)
        else:
            name = key_name(found, draft.book, problem.key)
            found.terminal.say("{field}: {message}", field=name, message=problem.message)
    if judged.missing:
        names = [f"{key_name(found, draft.book, key)} ({key})" for key in judged.missing]
        found.terminal.say("Missing: {names}", names=names)
    raise NotTakenError(
        Message("nothing was written"),
        Message("give what is missing as field=value; what you gave is still in the line above"),
    )


def _show(found: Office, draft: Draft, written: Written, *, dry_run: bool) -> None:
    tell, terminal = found.terminal.language, found.terminal
    for breach in written.judged.breaches:
        terminal.result(breach_text(found, draft.book, breach))
    level = written.judged.level.label
    if written.already is not None:
        terminal.result(tell("{id}: recorded already, nothing was written", id=written.already.id))
        return
    if written.line is None:
        terminal.say(
            "Nothing written ({option}); the level would be {level}",
            option="--dry-run",
            level=level,
        )
        return
    state = state_title(draft.book, written.line.state)
    late = tell(", recorded late") if written.line.is_late else ""
    terminal.result(
        tell("{id}: {state}, {level}", id=written.line.id, state=state, level=level)
        + (late if dry_run is False else "")
    )
    terminal.next_step(f"infodesk log show {written.line.root}")


def breach_text(found: Office, book: Logbook, breach: Breach) -> str:
    """`报警 1号UPS UPS负载率 52.0 %，应 ≤40`, or what a check found."""
    tell = found.terminal.language
    if breach.check in GAPS:
        return _gap_text(found, book, breach)
    if breach.check:
        check = next((c for c in book.checks if c.id == breach.check), None)
        words = tell.tell(check.message) if check else breach.check
        where = f"{breach.key.asset} " if breach.key.asset else ""
        return f"{tell.tell(breach.level.label)} {where}{breach.check} {words}"
    field = book.field_by_id.get(breach.key.field)
    if field is None:
        return f"{tell.tell(breach.level.label)} {breach.key} {breach.value}"
    asset = found.definitions.assets.by_id.get(breach.key.asset)
    limits = asset.limits.get(field.id, field.limits) if asset else field.limits
    band = limits.normal or limits.warn or limits.alarm
    name = key_name(found, book, breach.key)
    value = answer_text(found, field, breach.value)
    normal = f" ({band_text(found, field, band)})" if band and limits.normal else ""
    return f"{tell.tell(breach.level.label)} {name} {value}{normal}"


def _gap_text(found: Office, book: Logbook, breach: Breach) -> str:
    """`预警 1号UPS UPS负载率 跳过（屏幕损坏）`, or a probe that gave no answer."""
    tell = found.terminal.language
    name = key_name(found, book, breach.key)
    how = tell("skipped") if breach.check == SKIPPED else tell("no answer")
    return tell(
        "{level} {name} {how} ({why})",
        level=breach.level.label,
        name=name,
        how=how,
        why=breach.value or "—",
    )


def band_text(found: Office, field: Field, band: Band) -> str:
    """`18-27`, `≤40`, `运行`: what is normal."""
    if band.values:
        return " / ".join(answer_text(found, field, value) for value in band.values)
    if band.low is not None and band.high is not None:
        return f"{band.low:f}-{band.high:f}"
    return f"≥{band.low:f}" if band.low is not None else f"≤{band.high:f}"


def key_name(found: Office, book: Logbook, key: Key) -> str:
    """A question as people call it: the device, and the label."""
    tell = found.terminal.language.tell
    field = book.field_by_id.get(key.field)
    label = key.field if field is None else tell(field.label)
    asset = found.definitions.assets.by_id.get(key.asset)
    return f"{tell(asset.title)} {label}" if asset else label


def answer_text(found: Office, field: Item, answer: str) -> str:
    """An answer as people read it."""
    return found.terminal.language.tell(answer_words(found.room, field, answer))


def state_title(book: Logbook, state: str) -> object:
    """A state as people call it."""
    known = book.lifecycle.state_by_id.get(state)
    return known.title if known else Message("void") if state == "void" else state


def line_json(line: Line) -> dict[str, object]:
    """One line as JSON; answers are exact texts."""
    return {
        "id": line.id,
        "entry": line.root,
        "logbook": line.book,
        "kind": line.kind.value,
        "occurred_at": line.occurred_at.isoformat(timespec="minutes"),
        "recorded_at": line.recorded_at.isoformat(timespec="seconds"),
        "late": line.is_late,
        "recorder": line.person,
        "os_user": line.os_user,
        "schedule": line.schedule or None,
        "state": line.state,
        "level": line.level.value,
        "what": line.what or None,
        "reason": line.reason or None,
        "second": line.second or None,
        "answers": {str(key): value for key, value in line.answers.items()},
        "measured": sorted(map(str, line.measured)),
        "findings": [
            {
                "level": breach.level.value,
                "field": str(breach.key) or None,
                "value": breach.value or None,
                "check": breach.check or None,
            }
            for breach in line.breaches
        ],
    }
