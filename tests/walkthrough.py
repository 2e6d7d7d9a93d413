"""Runs the walkthroughs of `docs/walkthroughs/`: every command for real, its whole output and exit code compared.

A walkthrough is Markdown. In a fenced `console` block each `$ infodesk …` line is run and what follows is
what it prints, results and talk together; a last line `[exit 1]` gives an exit code that is not 0. HTML
comments between the blocks set the scene: `<!-- now: 2026-10-08 10:00 -->`, `<!-- arrive: 0401 0808 -->`
(these senders' right workbooks lie in the inbox), `<!-- arrive: all but 0401, with the mistakes -->`,
`<!-- write: contacts and opening balances -->` (those of the demo hospital), `<!-- save: new.yaml -->` (the fenced
`yaml` or `json` block that follows is saved under that name), and `<!-- type: FILE: SHEET!C12=49; SHEET!C13=7 -->` (somebody
types into a workbook and saves it; with `FILE -> FOLDER` the file is saved there, and the first one stays),
`<!-- logbooks: since July -->` (what the demo hospital's logbooks hold by now),
`<!-- fill: 0103 x.a = 12, x.b = 3 -->` (a workbook of 0103 with these answers lies in the inbox).

`python -m tests.walkthrough docs/walkthroughs/month.md` writes the output anew.
"""

import io
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from infodesk.cli.main import main
from infodesk.cli.setup import happen
from infodesk.cli.terminal import Terminal
from infodesk.config.load import load_definitions
from infodesk.demo.hospital import keep_logbooks, move_in
from infodesk.demo.logbooks import FIRST, write_logbooks
from infodesk.demo.september import LATE, MISTAKES, PERIOD, fill_inbox
from infodesk.demo.story import ZONE
from infodesk.duty.room import DutyRoom
from infodesk.model.actor import Actor
from infodesk.stats.blanks import plans
from infodesk.stats.desk import Desk
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import Language, language
from infodesk.workbooks.blank.book import draw_workbook, file_name, write_workbook
from infodesk.workbooks.blank.plan import Answers
from tests.workbooks.typing_in import typed_into

SCENE = re.compile(r"<!-- (now|arrive|language|write|save|type|fill|logbooks): (.*) -->")


@dataclass
class Walk:
    """One walkthrough being run in a folder."""

    folder: Path
    now: datetime = datetime(2026, 10, 8, 10, 0, tzinfo=ZONE)
    code: str = "en"
    lines: list[str] = field(default_factory=list)
    file: str = ""  # the one that the next yaml block is saved in

    def run(self, text: str) -> str:
        """The same text with the output of today."""
        waiting = iter(text.split("\n"))
        for line in waiting:
            self.lines.append(line)
            scene = SCENE.fullmatch(line)
            if scene:
                self._set(scene[1], scene[2])
            elif line == "```console":
                self._block(waiting)
            elif line in ("```yaml", "```json") and self.file:
                self._save(waiting)
        return "\n".join(self.lines)

    def _save(self, waiting: Iterator[str]) -> None:
        """Save a block as the file that was named above it."""
        block: list[str] = []
        for line in waiting:
            self.lines.append(line)
            if line == "```":
                break
            block.append(line)
        (self.folder / self.file).write_text("\n".join(block) + "\n", encoding="utf-8")
        self.file = ""

    def _block(self, waiting: Iterator[str]) -> None:
        for line in waiting:
            if line == "```":
                self.lines.append(line)
                return
            if line.startswith("$ "):
                self.lines.append(line)
                self._command(line[2:])

    def _command(self, typed: str) -> None:
        program, *arguments = shlex.split(typed)
        if program == "cd":
            self.folder = self.folder / arguments[0]
            return
        assert program == "infodesk", typed
        terminal, out = self._terminal()
        code = main(arguments, terminal)
        text = out.getvalue().rstrip("\n")
        if text:
            self.lines += text.split("\n")
        if code:
            self.lines.append(f"[exit {code}]")

    def _terminal(self) -> tuple[Terminal, io.StringIO]:
        out = io.StringIO()
        speaks = {"INFODESK_LANG": self.code}
        return (
            Terminal(out, out, language(self.code), lambda: self.now, "you", self.folder, speaks),
            out,
        )

    def _set(self, name: str, value: str) -> None:
        if name == "now":
            self.now = datetime.fromisoformat(value).replace(tzinfo=ZONE)
        elif name == "language":
            self.code = value
        elif name == "save":
            self.file = value
        elif name == "fill":
            self._fill(*value.split(" ", 1))
        elif name == "write":
            move_in(self.folder, self.code)
        elif name == "logbooks":
            self._keep_logbooks()
        elif name == "type":
            self._type(value)
        else:
            self._arrive(value)

    def _keep_logbooks(self) -> None:
        keep_logbooks(self.folder, FIRST)
        definitions = load_definitions(self.folder).definitions
        assert definitions is not None, "the starter hospital is sound"
        actor = Actor("demo", "", self.now)
        with open_store(self.folder / definitions.settings.store) as store:
            follow_definitions(store, definitions, actor)
            write_logbooks(DutyRoom(definitions, store, actor, self.folder))

    def _type(self, what: str) -> None:
        files, _, typed = what.partition(": ")
        file, _, folder = files.partition(" -> ")
        path = self.folder / file
        target = self.folder / folder / path.name if folder else path
        content = path.read_bytes()
        for one in typed.split("; "):
            cell, _, value = one.partition("=")
            sheet, _, place = cell.partition("!")
            number = int(value) if value.isdigit() else value
            content = typed_into(content, sheet, {place: number})
        target.write_bytes(content)

    def _fill(self, sender: str, given: str) -> None:
        found = re.findall(r"(\w+)\.(\w+) = (\d+)", given)
        values = {(form, sender, item): int(value) for form, item, value in found}
        answers = Answers(values, cover={"date": "2026-10-05"})

        def bring(desk: Desk, inbox: Path, spoken: Language) -> None:
            for plan in plans(desk, PERIOD, (sender,), answers):
                write_workbook(inbox / file_name(plan, spoken), draw_workbook(plan, spoken))

        happen(self._terminal()[0], bring)

    def _arrive(self, who: str) -> None:
        mistakes = MISTAKES if "with the mistakes" in who else ()

        def bring(desk: Desk, inbox: Path, spoken: Language) -> None:
            senders = tuple(re.findall(r"\d{4}", who))
            if who.startswith("all but"):
                everybody = dict.fromkeys(o.sender for o in desk.obligations(PERIOD))
                senders = tuple(sender for sender in everybody if sender != LATE)
            fill_inbox(desk, inbox, spoken, senders, mistakes)

        happen(self._terminal()[0], bring)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(name)
            path.write_text(Walk(Path(temporary)).run(path.read_text("utf-8")), encoding="utf-8")
