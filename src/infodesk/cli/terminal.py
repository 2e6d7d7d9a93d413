"""Where results and talk go, in which language, at which moment and for whom."""

import codecs
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from infodesk.errors import InfodeskError
from infodesk.text.language import Language, language

# Signs that a console in GBK has not, and those that it has.
_OTHER_SIGNS = {"✓": "√", "✗": "×", "⚠": "!", "•": "·", "–": "-", "≥": "≥", "²": "2"}
# Arrows and the blocks of trends are in GBK, but not in every code page.
_OTHER_SIGNS |= {"↑": "^", "↓": "v", **dict(zip("▁▂▃▄▅▆▇█", "12345678", strict=True))}


@dataclass
class Terminal:
    """The door's view of the world. `out` takes results, `err` takes talk."""

    out: TextIO
    err: TextIO
    language: Language
    clock: Callable[[], datetime]
    user: str
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    keys: TextIO | None = None  # what is typed; nothing where nobody can be asked

    @property
    def can_ask(self) -> bool:
        """Whether a person sits there who can be asked."""
        return self.keys is not None and self.keys.isatty() and self.is_screen

    def ask(self, question: str) -> str:
        """What a person answers to a question."""
        from rich.prompt import Prompt

        console = Console(file=self.err, highlight=False, emoji=False, markup=False)
        stream = None if self.keys is sys.stdin else self.keys
        return Prompt.ask(question, console=console, stream=stream, default="", show_default=False)

    def line(self, question: str) -> str | None:
        """What is typed behind a question, on its line; nothing where the typing ends."""
        print(question, end="", file=self.err, flush=True)
        try:
            text = self.keys.readline() if self.keys else ""
        except KeyboardInterrupt:
            print(file=self.err)
            raise
        if not text:
            print(file=self.err)
        return text.strip() if text else None

    def forget_typed(self) -> None:
        """Throw away what was typed or pasted ahead: the next question is one to think about."""
        try:
            import termios
        except ImportError:  # Windows
            return
        if self.keys is not None:
            with suppress(OSError, ValueError, termios.error):
                termios.tcflush(self.keys.fileno(), termios.TCIFLUSH)

    @property
    def talk_width(self) -> int:
        """How many half-width characters a line of talk has now; people change their windows."""
        return Console(file=self.err).width

    @property
    def is_screen(self) -> bool:
        """Whether a person looks at the results as they come."""
        return bool(getattr(self.err, "isatty", lambda: False)())

    def workspace_language(self, code: str) -> Language:
        """The language of workbooks and reports: the workspace's, whatever the terminal speaks."""
        return language(code)

    def shown(self, path: Path) -> str:
        """A path as it is reached from here."""
        try:
            return str(path.relative_to(self.folder))
        except ValueError:
            return str(path)

    def say(self, template: str, /, **values: object) -> None:
        """Talk: a line on stderr."""
        print(self.language(template, **values), file=self.err)

    def tell(self, value: object) -> None:
        """Talk: a message on stderr."""
        print(self.language.tell(value), file=self.err)

    def result(self, text: str) -> None:
        """A line of the result."""
        print(text, file=self.out)

    def json(self, value: object) -> None:
        """The result as one JSON object."""
        print(json.dumps(value, ensure_ascii=False, indent=2), file=self.out)

    def next_step(self, command: str) -> None:
        """What to do next."""
        self.say("Next: {command}", command=command)

    @property
    def width(self) -> int | None:
        """How many half-width characters a line has; nothing where nobody looks at it."""
        console = Console(file=self.out)
        return console.width if console.is_terminal else None

    def table(self, table: Table) -> None:
        """A table of the result; as wide as it needs where nobody looks at it."""
        console = Console(file=self.out, highlight=False, emoji=False, markup=False)
        if not console.is_terminal:
            wide = Console(file=io.StringIO(), width=10_000)
            width = max(80, wide.measure(table).maximum)
            console = Console(
                file=self.out,
                width=width,
                highlight=False,
                emoji=False,
                markup=False,
                no_color=True,
            )
        with console.capture() as captured:
            console.print(table)
        for line in captured.get().rstrip("\n").split("\n"):
            self.result(line.rstrip())

    def complain(self, error: InfodeskError) -> None:
        """What went wrong, and what to do about it."""
        self.say("Error: {message}", message=error.message)
        if error.hint is not None:
            self.say("  → {hint}", hint=error.hint)


def new_table(*columns: str, right: tuple[int, ...] = ()) -> Table:
    """A table with a header line and no frame; the columns in `right` hold numbers.

    Where the screen is too narrow, a cell goes on in the next line; nothing of it is left out.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        justify: Literal["left", "right"] = "right" if place in right else "left"
        table.add_column(column, justify=justify, overflow="fold")
    return table


def this_terminal(language: Language) -> Terminal:
    """The terminal this process runs in."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # half a Chinese character, left by a backspace
    return Terminal(
        sys.stdout,
        sys.stderr,
        language,
        lambda: datetime.now().astimezone(),  # noqa: TID251  # the one clock
        _user(),
        Path.cwd(),
        os.environ,
        sys.stdin,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def other_signs(error: UnicodeError) -> tuple[str, int]:
    """What to print where a console's encoding lacks a sign."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_OTHER_SIGNS.get(sign, "?") for sign in lost), error.end


_ERRORS = "infodesk_signs"
codecs.register_error(_ERRORS, other_signs)
