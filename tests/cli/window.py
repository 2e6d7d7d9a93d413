"""`infodesk inspect` in a real terminal, and what stands on its screen."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pyte

NOW = "2026-09-17T08:40"


@dataclass
class Window:
    """`infodesk` in a terminal of its own, and what stands on its screen."""

    folder: Path
    arguments: tuple[str, ...] = ()
    columns: int = 80
    screen: Any = field(init=False)

    def __post_init__(self) -> None:
        self.screen = pyte.Screen(self.columns, 24)
        self.stream = pyte.Stream(self.screen)
        command = ["-m", "infodesk", "inspect", "--as-of", NOW, "--by", "示例甲", *self.arguments]
        environment = {
            **{name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES")},
            "INFODESK_LANG": "zh",
            "PYTHONIOENCODING": "utf-8",
            "LC_ALL": "C.UTF-8",
        }
        self.process = pexpect.spawn(
            sys.executable, command, cwd=str(self.folder), env=environment, dimensions=(24, self.columns),
            encoding="utf-8", timeout=30,
        )  # fmt: skip

    def until(self, text: str) -> "Window":
        """Wait until a text has come."""
        self.process.expect_exact(text)
        self.stream.feed(self.process.before + self.process.after)
        return self

    def type(self, *lines: str) -> "Window":
        """Type lines, each at the prompt before it."""
        for line in lines:
            self.until(" > ")
            self.process.sendline(line)
        return self

    def ended(self) -> int:
        """Wait until it is over; the exit code."""
        self.process.expect(pexpect.EOF)
        self.stream.feed(self.process.before)
        self.process.close()
        return int(self.process.exitstatus)

    def shown(self) -> str:
        """The lines of the screen."""
        lines = [line.rstrip() for line in self.screen.display]
        return "\n".join(lines).rstrip() + "\n"
