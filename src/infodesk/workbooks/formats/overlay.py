"""What stands behind the values of a sheet, which the reader of values does not tell."""

from dataclasses import dataclass, field

from infodesk.text.message import Message
from infodesk.workbooks.grid import Address, Area
from infodesk.workbooks.unreadable import damaged

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # [MS-XLS] 2.5.10 BErr
ERROR_TEXTS = frozenset(ERRORS.values()) | {"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}

# What the other reading must find in a cell: this number, this text (but for blanks), something at all.
Expected = float | str | None

Names = dict[tuple[str | None, str], str]


@dataclass
class Overlay:
    """One sheet's errors, formulas, hidden rows and merged areas, while they are found."""

    errors: dict[Address, str] = field(default_factory=dict)
    unsaved: set[Address] = field(default_factory=set)
    formulas: set[Address] | None = field(default_factory=set)
    hidden: list[tuple[int, int]] = field(default_factory=list)  # half-open runs of rows
    merges: list[Area] = field(default_factory=list)
    expected: dict[Address, Expected] = field(default_factory=dict)
    last: Address = (-1, -1)  # the outermost row and column with a cell

    def reach(self, row: int, column: int) -> None:
        """Note that there is a cell."""
        self.last = (max(self.last[0], row), max(self.last[1], column))

    def check_once(self, place: Address) -> None:
        """A cell that stands twice is damage: readers take either."""
        if place in self.expected or place in self.errors or place in self.unsaved:
            raise damaged(Message("a cell stands twice in row {row}", row=place[0] + 1))

    def expect(self, place: Address, value: Expected) -> None:
        """Note what a cell holds."""
        self.check_once(place)
        self.expected[place] = value

    def add_formula(self, place: Address) -> None:
        """Note a formula."""
        if self.formulas is not None:
            self.formulas.add(place)

    def hidden_rows(self, height: int) -> frozenset[int]:
        """The hidden rows among the first `height`."""
        return frozenset(
            row for first, end in self.hidden for row in range(first, min(end, height))
        )
