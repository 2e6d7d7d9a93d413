"""The same table in every format: the same numbers, and what each format can show of the rest."""

import struct

import pytest

from infodesk.workbooks.grid import Sheet
from infodesk.workbooks.kinds import KINDS
from infodesk.workbooks.read import read_book
from infodesk.workbooks.unreadable import UnreadableError
from tests.workbooks.damage import parts_of, repacked
from tests.workbooks.made import WRITERS, openpyxl_xlsx
from tests.workbooks.tables import TABLE, UNSAVED, Table

KNOWN = sorted(KINDS)


def sheet(kind: str) -> Sheet:
    return read_book(WRITERS[kind](TABLE), f"甲{KINDS[kind].suffixes[0]}").sheets[0]


def test_every_kind_is_written_by_a_test() -> None:
    assert set(WRITERS) == set(KINDS)


@pytest.mark.parametrize("kind", KNOWN)
def test_the_values_are_the_same(kind: str) -> None:
    found = sheet(kind)
    assert found.name == "甲"
    read = {place: found.at(*place) for place in TABLE.cells}
    assert read == dict(TABLE.cells)
    assert all(type(value) in (str, float) for row in found.rows for value in row)


@pytest.mark.parametrize("kind", KNOWN)
def test_what_it_is_is_told_by_what_it_holds(kind: str) -> None:
    content = WRITERS[kind](TABLE)
    for name in ("x.xlsx", "x.xls", "x.csv", "x.doc"):
        origin = read_book(content, name).origin
        assert origin.kind == kind
        assert origin.is_named_so == (f".{name[2:]}" in KINDS[kind].suffixes)


@pytest.mark.parametrize("kind", KNOWN)
def test_an_error_cell_is_seen(kind: str) -> None:
    assert KINDS[kind].errors
    assert dict(sheet(kind).errors) == dict(TABLE.errors)


@pytest.mark.parametrize("kind", KNOWN)
def test_formulas_are_seen_where_the_table_says_so(kind: str) -> None:
    found = sheet(kind).formulas
    if not KINDS[kind].formulas:
        assert found is None
        return
    assert found is not None
    assert set(TABLE.formulas) <= found <= {*TABLE.formulas, *TABLE.errors}


@pytest.mark.parametrize("kind", KNOWN)
def test_hidden_rows_and_merges_are_seen_where_the_table_says_so(kind: str) -> None:
    found = sheet(kind)
    assert found.hidden_rows == (frozenset(TABLE.hidden_rows) if KINDS[kind].hidden_rows else set())
    assert found.merges == (TABLE.merges if KINDS[kind].merges else ())


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "strict", "ods", "xls"])
def test_a_formula_never_computed_is_seen(kind: str) -> None:
    assert KINDS[kind].unsaved
    assert read_book(WRITERS[kind](UNSAVED)).sheets[0].unsaved == set(UNSAVED.formulas)
    assert read_book(openpyxl_xlsx(UNSAVED)).sheets[0].unsaved == set(UNSAVED.formulas)


@pytest.mark.parametrize("kind", [kind for kind in KNOWN if KINDS[kind].names and kind != "xls"])
def test_names_travel(kind: str) -> None:
    assert read_book(WRITERS[kind](TABLE)).name("甲", "infodesk_form") == "ward"


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "strict", "xlsb", "xls", "ods"])
def test_a_hidden_sheet_is_known_as_hidden(kind: str) -> None:
    book = read_book(WRITERS[kind](TABLE))
    assert [(each.name, each.is_visible) for each in book.sheets] == [("甲", True), ("乙", False)]


def test_a_workbook_of_wps_is_an_old_workbook_by_another_name() -> None:
    origin = read_book(WRITERS["xls"](TABLE), "x.et").origin
    assert (origin.kind, origin.is_named_so) == ("xls", True)


PLAIN = 1.2345678901


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "strict", "xlsb", "xls", "ods"])
@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_cell_that_holds_no_finite_number_is_refused(kind: str, wrong: float) -> None:
    content = WRITERS[kind](Table({(0, 0): PLAIN}))
    if kind == "xls":
        changed = content.replace(struct.pack("<d", PLAIN), struct.pack("<d", wrong))
    else:
        changed = repacked(
            {name: not_finite(part, wrong) for name, part in parts_of(content).items()}
        )
    assert changed != content
    with pytest.raises(UnreadableError):
        read_book(changed)


def not_finite(part: bytes, wrong: float) -> bytes:
    """A part with another number, be it written as text or as eight bytes."""
    part = part.replace(struct.pack("<d", PLAIN), struct.pack("<d", wrong))
    return part.replace(str(PLAIN).encode(), str(wrong).encode())
