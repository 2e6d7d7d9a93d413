"""The door: one command in, one exit code out; every failure told in its own way."""

import gc
import locale
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

import typer

from infodesk.cli.terminal import Terminal, this_terminal
from infodesk.errors import Exit, InfodeskError, system_error
from infodesk.text.language import CODES, language
from infodesk.text.message import Message

# New objects before rubbish is looked for. A command reads some hundred thousand definitions' parts that all live to
# its end; with Python's 700 a third of a short command's time goes into looking through them.
GARBAGE = 100_000


def run() -> None:
    """What the shell calls."""
    gc.set_threshold(GARBAGE)
    arguments = sys.argv[1:]
    terminal = this_terminal(language(_locale_code()))
    sys.exit(main(arguments, terminal))


def main(arguments: list[str], terminal: Terminal) -> int:
    """Run one command and return its exit code."""
    try:
        rest, terminal = _opened(arguments, terminal)
        return _run(rest, terminal)
    except InfodeskError as error:
        terminal.complain(error)
        return int(error.exit_code)
    except typer.Abort:
        return int(Exit.INTERRUPTED)
    except typer.TyperException as error:
        return _wrong_usage(terminal, error)
    except OSError as error:
        refused = system_error(error)
        if refused is None:
            return _bug(terminal)
        terminal.complain(refused)
        return int(refused.exit_code)
    except Exception:  # noqa: BLE001  # the one place where a bug ends
        return _bug(terminal)


def _run(arguments: list[str], terminal: Terminal) -> int:
    from infodesk.cli.app import command

    result = command(terminal.language).main(
        arguments, prog_name="infodesk", standalone_mode=False, obj=terminal
    )
    return result if isinstance(result, int) else int(Exit.DONE)


def _wrong_usage(terminal: Terminal, error: typer.TyperException) -> int:
    """A mistake in the command line; typer hands up the help page the same way, where no command is named."""
    from infodesk.cli.usage import usage_error

    if type(error).__name__ == "NoArgsIsHelpError":
        terminal.tell(error.format_message())
    else:
        terminal.complain(usage_error(error))
    return int(Exit.WRONG)


def _opened(arguments: list[str], terminal: Terminal) -> tuple[list[str], Terminal]:
    """Take out `--lang` and `--workspace`, wherever they stand; settle folder and language."""
    rest, workspace = _without(arguments, ("--workspace", "-w"))
    rest, lang = _without(rest, ("--lang",))
    if workspace is not None:
        terminal = replace(terminal, folder=terminal.folder / workspace)
    if lang is not None and lang not in CODES:
        raise InfodeskError(Message("there is no language {lang}, only zh and en", lang=repr(lang)))
    code = lang or _chosen_code(terminal)
    return rest, terminal if code is None else replace(terminal, language=language(code))


def _without(arguments: list[str], names: tuple[str, ...]) -> tuple[list[str], str | None]:
    rest: list[str] = []
    found: str | None = None
    waiting = iter(arguments)
    for argument in waiting:
        name, sign, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *waiting]
        elif name in names:
            found = value if sign else next(waiting, None)
            if found is None:
                raise InfodeskError(Message("{option} needs a value", option=name))
        else:
            rest.append(argument)
    return rest, found


def _chosen_code(terminal: Terminal) -> str | None:
    """The language of INFODESK_LANG, else of the workspace; nothing: that of the locale."""
    chosen = terminal.environment.get("INFODESK_LANG")
    if chosen in CODES:
        return chosen
    return _workspace_code(terminal.folder)


def _workspace_code(start: Path) -> str | None:
    """The language line of the nearest config.yaml; whether the file is sound is found out later."""
    for folder in (start, *start.parents):
        path = folder / "config.yaml"
        if path.is_file():
            for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
                name, _, value = line.partition(":")
                if name == "language":
                    code = value.partition("#")[0].strip().strip("'\"")
                    return code if code in CODES else None
            return "zh"
    return None


def _locale_code() -> str:
    try:
        name = locale.setlocale(locale.LC_CTYPE, "") or ""
    except locale.Error:
        name = ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _bug(terminal: Terminal) -> int:
    """Save what happened, without data, and say where."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="infodesk-bug-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write(traceback.format_exc())
    terminal.say(
        "This is a mistake in infodesk itself. What happened is written in {file}", file=file.name
    )
    return int(Exit.BUG)
