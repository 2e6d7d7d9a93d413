"""What one workbook gives, while it is taken apart: parts, and all that is to be remarked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from infodesk.model.definitions import Definitions
from infodesk.model.form import Form, Section
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Given, Part, Remark, Row, Stored
from infodesk.model.unit import Unit
from infodesk.workbooks.answer import Fault, read_answer
from infodesk.workbooks.grid import Address, Sheet, address
from infodesk.workbooks.personal_numbers import refuse_mobile_number


@dataclass
class Extraction:
    """One workbook being taken apart. `allowed` are the parts its sender may report, `confirmed` the places that
    somebody confirmed for its sender."""

    definitions: Definitions
    period: Period
    sender: Unit
    allowed: frozenset[Part]
    given: dict[Part, list[Given]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    confirmed: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (form, item) → place
    _rows: dict[Part, set[str]] = field(default_factory=dict)
    strangers: set[tuple[str, str]] = field(default_factory=set)  # (form, name) of unknown units

    def add(self, given: Given) -> None:
        """A part, unless the sender may not report it, or did so already in this workbook."""
        part = given.part
        if part not in self.allowed:
            self.remark("GEN-007", Severity.ERROR, part, detail="reporter")
            return
        before = self.given.setdefault(part, [])
        known = self._rows.setdefault(part, set())
        if any(row.row in known for row in given.rows):
            self.remark("GEN-006", Severity.ERROR, part, detail="twice")
            return
        known.update(row.row for row in given.rows)
        before.append(given)

    def parts(self) -> tuple[Given, ...]:
        """What was given, a part once."""
        return tuple(_joined(found) for found in self.given.values() if found)

    def remark(self, rule: str, severity: Severity, part: Part | None = None, **more: str) -> None:
        """Something to be said of the workbook, or of a part that is not taken."""
        where = {} if part is None else part._asdict()
        self.remarks.append(Remark(rule, severity, **(where | more)))


def _joined(found: list[Given]) -> Given:
    """The rows of one part, from wherever they stood in the workbook."""
    first = found[0]
    if len(found) == 1:
        return first
    return Given(
        first.part,
        first.period,
        tuple(row for each in found for row in each.rows),
        tuple(remark for each in found for remark in each.remarks),
        any(each.nil for each in found),
        {name: words for each in found for name, words in each.notes.items()},
    )


@dataclass
class Answering:
    """The answers to one section of one record, cell by cell."""

    extraction: Extraction
    form: Form
    section: Section
    unit: str
    row: str = ""
    nil: bool = False
    values: dict[str, Stored] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def part(self) -> Part:
        """What is answered."""
        return Part(self.form.id, self.section.id, self.unit)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered although something must be; what was filled in before does not count."""
        own = [item for item in self.asked() if item.opens_with is None]
        required = any(item.required for item in own)
        return required and not self.nil and all(self.values.get(i.id) is None for i in own)

    def asked(self) -> Iterator[Item]:
        """The items asked in this period."""
        return (item for item in self.section.items if item.is_asked_in(self.extraction.period))

    def answer(
        self,
        item: Item,
        sheet: Sheet,
        place: Address,
        blanks: frozenset[str] = frozenset(),
        meant: str | None = None,
    ) -> None:
        """Take the answer of an item from a cell; `meant` is the code that its text stands for.

        InfodeskError if it holds a number of a person.
        """
        refuse_mobile_number(self.form, item, sheet, place)
        if item.codes:
            item = replace(item, codes=item.codes_in(self.extraction.period))
        read = read_answer(item, sheet, place, blanks, meant)
        where = address(sheet.name, *place)
        value, faults = read.value, read.faults
        if value is None and self.nil and item.is_numeric:
            value, faults = 0, tuple(fault for fault in faults if fault.rule != "GEN-001")
        elif value not in (None, 0) and self.nil:
            faults = (*faults, Fault("GEN-002", Severity.ERROR, "nil"))
        self.values[item.id] = value
        self.cells[item.id] = where
        self.remarks += [self._remark(item, fault, where, read.raw) for fault in faults]

    def leave_open(self, item: Item, places: Iterable[int]) -> None:
        """Take no answer for an item that may stand in several places: it is asked about."""
        listed = ",".join(str(place + 1) for place in sorted(places))
        self.values[item.id] = None
        fault = Fault("GEN-021", Severity.ERROR, f"unclear:{listed}")
        self.remarks.append(self._remark(item, fault, "", ""))

    def _remark(self, item: Item, fault: Fault, cell: str, raw: str) -> Remark:
        return Remark(
            fault.rule,
            fault.severity,
            *self.part,
            row=self.row,
            item=item.id,
            cell=cell,
            raw=raw,
            detail=fault.detail,
        )

    def finish(self) -> None:
        """Hand the part over; required items that nobody asked are blanks too."""
        if self.is_empty:
            part = self.part
            self.extraction.remark("GEN-001", Severity.ERROR, part, row=self.row, detail="section")
            return
        for item in self.asked():
            if item.id in self.values:
                continue
            self.values[item.id] = 0 if self.nil and item.is_numeric else None
            if item.required and not self.nil:
                fault = Fault("GEN-001", Severity.ERROR, "no_line")
                self.remarks.append(self._remark(item, fault, "", ""))
        row = Row(self.row, self.values, self.cells)
        period = self.extraction.period
        given = Given(self.part, period, (row,), tuple(self.remarks), self.nil, self.notes)
        self.extraction.add(given)


def sections_of(form: Form, items: Iterable[str]) -> tuple[Section, ...]:
    """The sections that some of these items stand in."""
    found = set(items)
    return tuple(section for section in form.sections if found & set(section.by_id))
