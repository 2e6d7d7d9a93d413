"""The parts of the documents that the program itself knows: help pages, keys, functions, real output.

The documents call these functions through cog (`make fill` writes, `make docs` checks).
"""

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import cog
from pydantic import BaseModel

from infodesk.cli.app import command
from infodesk.cli.main import main
from infodesk.cli.setup import happen, keep_duty_books
from infodesk.cli.terminal import Terminal
from infodesk.config import (
    shapes,
    shapes_hands,
    shapes_hospital,
    shapes_layout,
    shapes_lifecycle,
    shapes_logbook,
    shapes_probe,
    shapes_tool,
)
from infodesk.config.load import load_definitions
from infodesk.config.new_workspace import make_workspace
from infodesk.demo.hospital import make_demo
from infodesk.demo.september import PERIOD
from infodesk.demo.story import DUTY_STORY, STORY, Step
from infodesk.expr.functions import FUNCTIONS
from infodesk.model.general import GENERAL
from infodesk.text.language import language
from infodesk.text.message import Title
from infodesk.workbooks.kinds import ENVELOPES, KINDS
from infodesk.workbooks.limits import LIMITS, MIB


def help_pages() -> None:
    """Every command's help."""
    for path, page in _pages(command(language("en")), "infodesk"):
        cog.outl(f"\n## `{path}`\n\n```text\n{page.rstrip()}\n```")


def _pages(built: Any, path: str) -> Iterator[tuple[str, str]]:
    context = built.context_class(built, info_name=path)
    yield path, built.get_help(context)
    for name, child in getattr(built, "commands", {}).items():
        yield from _pages(child, f"{path} {name}")


def keys(*names: str) -> None:
    """The keys of these shapes: key, what it takes, what it means."""
    for name in names:
        rooms = (
            shapes,
            shapes_hospital,
            shapes_layout,
            shapes_lifecycle,
            shapes_logbook,
            shapes_hands,
            shapes_probe,
            shapes_tool,
        )
        shape: type[BaseModel] = next(getattr(room, name) for room in rooms if hasattr(room, name))
        title = (shape.__doc__ or "").strip().split("\n")[0]
        cog.outl(f"\n### {title}\n\n| key | takes | default | |\n|---|---|---|---|")
        for key, field in shape.model_fields.items():
            default = (
                "required"
                if field.is_required()
                else _default(field.get_default(call_default_factory=True))
            )
            about = field.description or ""
            cog.outl(
                f"| `{field.alias or key}` | {_takes(field.annotation)} | {default} | {about} |"
            )


def logbooks() -> None:
    """The logbooks of the starter hospital: what each serves, when it is due, its steps, its questions in SQL."""
    with tempfile.TemporaryDirectory() as folder:
        make_workspace(Path(folder) / "hospital", "en", PERIOD)
        found = load_definitions(Path(folder) / "hospital").definitions
    assert found is not None, "the starter hospital is sound"
    cog.outl("\n| logbook | | clauses | due | steps | views |\n|---|---|---|---|---|---|")
    for book in found.logbooks:
        columns = (
            ", ".join(book.clauses),
            "; ".join(schedule.title.en for schedule in book.schedules),
            ", ".join(move.id for move in book.lifecycle.moves),
            ", ".join(
                " ".join((view.id, *(f":{name}" for name in view.asks))) for view in book.views
            ),
        )
        cog.outl(f"| `{book.id}` | {book.title.zh} {book.title.en} | {' | '.join(columns)} |")


def _default(value: Any) -> str:
    if value in (None, "", [], {}) or isinstance(value, BaseModel | Title):
        return ""
    if isinstance(value, list) and isinstance(value[0], tuple):
        return " ".join(f"`{start:%H:%M}-{end:%H:%M}`" for start, end in value)
    return f"`{str(value).lower() if isinstance(value, bool) else getattr(value, 'value', value)}`"


def _takes(annotation: Any) -> str:
    found = {
        "str": "text", "int": "whole number", "bool": "true or false", "Title": "`{zh, en}`",
        "Decimal": "number", "date": "day", "time": "time", "Period": "period", "Length": "length of time",
        "tuple": "hours",
    }  # fmt: skip
    name = getattr(annotation, "__name__", str(annotation))
    if name in found:
        return found[name]
    if get_origin(annotation) is Annotated:
        return _takes(get_args(annotation)[0])
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if name in ("list", "List"):
        return f"list of {_takes(parts[0])}"
    if name in ("dict", "Dict"):
        return f"keys with {_takes(parts[-1])}"
    if hasattr(annotation, "__members__"):
        return " ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation.__doc__ or name).strip().split("\n")[0].rstrip(".").lower()
    if parts and isinstance(parts[0], str):
        return " ".join(f"`{part}`" for part in parts)
    return " or ".join(_takes(part) for part in parts) or name


def functions() -> None:
    """The functions of the rule language."""
    for usage, *_ in dict.fromkeys((usage,) for usage, *_ in FUNCTIONS.values()):
        cog.outl(f"* `{usage}`")


def general_rules() -> None:
    """The general rules."""
    cog.outl("\n| rule | severity | 中文 | English |\n|---|---|---|---|")
    for rule, (severity, title) in GENERAL.items():
        cog.outl(f"| {rule} | {severity.value} | {title.zh} | {title.en} |")


def month(code: str, *commands: str) -> None:
    """The demo month, of which these commands are shown with what they print."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "demo-hospital"
        make_demo(workspace, code)
        _tell(workspace, code, STORY, commands)


def morning(code: str, *commands: str) -> None:
    """The demo morning in the machine room, the same way."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "demo-hospital"
        make_demo(workspace, code)
        keep_duty_books(_terminal(code, DUTY_STORY[0], workspace), workspace)
        _tell(workspace, code, DUTY_STORY, commands)


def _tell(workspace: Path, code: str, story: Iterable[Step], commands: tuple[str, ...]) -> None:
    for step in story:
        terminal = _terminal(code, step, workspace)
        if step.happens is not None:
            _happen(terminal, step)
            continue
        main([*step.command], terminal)
        typed = " ".join(step.command)
        if typed in commands:
            commands = commands[commands.index(typed) + 1 :]
            text = _shortened(terminal.out.getvalue())
            cog.outl(f"\n```console\n$ infodesk {typed}\n{text}\n```")


def _terminal(code: str, step: Step, workspace: Path) -> Any:
    out = io.StringIO()
    return Terminal(out, out, language(code), lambda: step.at, "you", workspace)


def _happen(terminal: Terminal, step: Step) -> None:
    happen(replace(terminal, out=io.StringIO()), step.happens)


def _shortened(text: str, most: int = 14) -> str:
    lines = text.rstrip().split("\n")
    if len(lines) <= most:
        return "\n".join(lines)
    return "\n".join([*lines[: most - 4], "…", *lines[-3:]])


def kinds_read() -> None:
    """Every kind of file that is read, and what can be seen in it."""
    seen = ("errors", "formulas", "unsaved", "hidden_rows", "merges", "names")
    cog.outl(f"\n| what it is | names | {' | '.join(word.replace('_', ' ') for word in seen)} |")
    cog.outl("|" + "---|" * (len(seen) + 2))
    for kind in KINDS.values():
        marks = " | ".join("yes" if getattr(kind, word) else "–" for word in seen)
        cog.outl(f"| {kind.title} | {' '.join(f'`{each}`' for each in kind.suffixes)} | {marks} |")
    for kind in ENVELOPES.values():
        names = " ".join(f"`{each}`" for each in kind.suffixes)
        cog.outl(f"| {kind.title} of these | {names} |" + " |" * len(seen))


def limits() -> None:
    """How much one file may cost."""
    cog.outl("\n| limit | |\n|---|---|")
    for each in fields(LIMITS):
        value = getattr(LIMITS, each.name)
        shown = f"{value // MIB} MB" if isinstance(value, int) and value >= MIB else f"{value:g}"
        shown = f"{value:,}" if each.name in ("cells", "parts", "ratio") else shown
        cog.outl(
            f"| {each.name.replace('_', ' ')} | {shown}{' s' if each.name == 'seconds' else ''} |"
        )
