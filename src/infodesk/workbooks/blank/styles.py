"""How our workbooks look: quiet, framed, printed on A4; yellow is what is still to be filled in."""

from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

BODY = "宋体"
HEADING = "黑体"
INK = "#1F2933"
FRAME = "#9AA5B1"
HEAD_FILL = "#DCE6F1"
SECTION_FILL = "#EEF3F8"
LOCKED_FILL = "#F2F2F2"
TODO_FILL = "#FFF9DB"
WRONG_FILL, WRONG_INK = "#FBE0DD", "#B42318"
WARN_FILL, WARN_INK = "#FDF0D5", "#8A5A00"
GOOD_FILL, GOOD_INK = "#E3F4E6", "#1B6B34"
FAINT_INK = "#7B8794"


class Styles:
    """The formats of one workbook, made as they are needed."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **properties: Any) -> Format:
        """A format: body text, ink on white, unless said otherwise."""
        base = {"font_name": BODY, "font_size": 10.5, "font_color": INK, "valign": "vcenter"}
        key = tuple(sorted((base | properties).items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def framed(self, **properties: Any) -> Format:
        """A cell of a table."""
        return self.make(border=1, border_color=FRAME, **properties)

    def number(self, decimals: int, *, locked: bool = False, bold: bool = False) -> Format:
        """A cell that holds a number: white to fill in, grey if locked."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        fill = {"bg_color": LOCKED_FILL} if locked else {}
        return self.framed(num_format=pattern, align="right", locked=locked, bold=bold, **fill)

    @cached_property
    def title(self) -> Format:
        """The title of a sheet."""
        return self.make(font_name=HEADING, font_size=17, bold=True, align="center")

    @cached_property
    def hospital(self) -> Format:
        """The hospital's name above the title."""
        return self.make(font_size=11, align="center", font_color=FAINT_INK)

    @cached_property
    def line(self) -> Format:
        """A line of particulars under the title."""
        return self.make(align="center")

    @cached_property
    def status(self) -> Format:
        """The line that says whether it can be sent."""
        return self.make(
            font_name=HEADING, font_size=12, bold=True, align="center", border=1,
            border_color=FRAME, bg_color=WARN_FILL, font_color=WARN_INK,
        )  # fmt: skip

    @cached_property
    def head(self) -> Format:
        """The header of a table."""
        return self.framed(
            font_name=HEADING, bold=True, align="center", bg_color=HEAD_FILL, text_wrap=True
        )

    @cached_property
    def section(self) -> Format:
        """The heading of a section."""
        return self.framed(font_name=HEADING, bold=True, bg_color=SECTION_FILL, indent=0)

    @cached_property
    def label(self) -> Format:
        """The name of an item."""
        return self.framed(text_wrap=True, indent=1)

    @cached_property
    def small(self) -> Format:
        """Something said in passing."""
        return self.framed(font_size=9, font_color=FAINT_INK, text_wrap=True, indent=2)

    @cached_property
    def centred(self) -> Format:
        """A short text in the middle of its cell."""
        return self.framed(align="center")

    @cached_property
    def check(self) -> Format:
        """What a check says."""
        return self.framed(align="center", font_size=10)

    @cached_property
    def side(self) -> Format:
        """A side of a rule."""
        return self.framed(align="right")

    @cached_property
    def tick(self) -> Format:
        """A cell for a tick."""
        return self.framed(align="center", locked=False, bold=True)

    @cached_property
    def note(self) -> Format:
        """A cell for words."""
        return self.framed(text_wrap=True, locked=False, font_size=9)

    @cached_property
    def text(self) -> Format:
        """A cell for a name or another text."""
        return self.framed(locked=False, num_format="@", shrink=True)

    @cached_property
    def day(self) -> Format:
        """A cell for a day."""
        return self.framed(locked=False, num_format="yyyy-mm-dd", align="left")

    @cached_property
    def plain(self) -> Format:
        """Text without a frame."""
        return self.make(text_wrap=True, valign="top")

    @cached_property
    def todo(self) -> Format:
        """Put over a cell that is still blank."""
        return self._book.add_format({"bg_color": TODO_FILL})

    @cached_property
    def wrong(self) -> Format:
        """Put over what is wrong."""
        return self._book.add_format({"bg_color": WRONG_FILL, "font_color": WRONG_INK})

    @cached_property
    def warn(self) -> Format:
        """Put over what asks for words."""
        return self._book.add_format({"bg_color": WARN_FILL, "font_color": WARN_INK})

    @cached_property
    def good(self) -> Format:
        """Put over what is right."""
        return self._book.add_format({"font_color": GOOD_INK})

    @cached_property
    def ready(self) -> Format:
        """Put over the line that says: ready."""
        return self._book.add_format({"bg_color": GOOD_FILL, "font_color": GOOD_INK})

    @cached_property
    def faint(self) -> Format:
        """Put over what cannot be said yet."""
        return self._book.add_format({"font_color": FAINT_INK})
