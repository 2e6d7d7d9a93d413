"""The formula of a rule: functions of Excel 2007 only, unknown where a cell is blank."""

import re
from decimal import Decimal

import pytest

from infodesk.expr.excel import (
    Drawn,
    NotInWorkbookError,
    Source,
    condition_formula,
    number_formula,
    text_formula,
)
from infodesk.model.expression import IsUnique, PeriodFact, UnitKind, Value
from tests.expr.machines import Given, number_by_excel, record
from tests.expr.samples import WARD, condition, number

EXCEL_2007 = {
    "IF", "AND", "OR", "MIN", "MAX", "COUNT", "IFERROR", "ROUND", "ABS", "INT", "N", "EXACT",
    "ISTEXT",
}  # fmt: skip


def place(source: Source) -> Drawn:
    match source:
        case Value("ward", "kind" | "opened" as name, _):
            return Drawn(name.upper(), tests=(f"ISTEXT({name.upper()})",))
        case Value("ward", "teaching", _):
            raise NotInWorkbookError
        case Value("ward", name, _):
            return Drawn(name.upper(), (name.upper(),))
        case PeriodFact(name):
            return Drawn("30" if name == "days" else '"2026-09-30"')
        case UnitKind():
            return Drawn('"OB"')
        case _:
            raise NotInWorkbookError


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("a + b = c", "IF(COUNT(A,B,C)=3,IF((A+B)=C,1,0),0.5)"),
        ("a - b - c + 1 = 0", "IF(COUNT(A,B,C)=3,IF((A-B-C+1)=0,1,0),0.5)"),
        ("a - (b - c) = 0", "IF(COUNT(A,B,C)=3,IF((A-(B-C))=0,1,0),0.5)"),
        ("a = 1 and b = 2", "MIN(IF(COUNT(A)=1,IF(A=1,1,0),0.5),IF(COUNT(B)=1,IF(B=2,1,0),0.5))"),
        ("a = 1 or b = 2", "MAX(IF(COUNT(A)=1,IF(A=1,1,0),0.5),IF(COUNT(B)=1,IF(B=2,1,0),0.5))"),
        ("not a = 1", "(1-IF(COUNT(A)=1,IF(A=1,1,0),0.5))"),
        ("coalesce(a, 0) <= 1", "IF(N(A)<=1,1,0)"),
        ("coalesce(a, 2) <= b", "IF(COUNT(B)=1,IF(IF(COUNT(A)=1,A,2)<=B,1,0),0.5)"),
        ("coalesce(2, a) <= 3", "IF(2<=3,1,0)"),
        ("m = 0.5", "IF(COUNT(M)=1,IF(ROUND(M*100,0)=50,1,0),0.5)"),
        ("a / b = 1", "IF(COUNT(A,B)=2,IFERROR(IF(B<>0,IF(A=B,1,0),0.5),0.5),0.5)"),
        ("-c = -1", "IF(COUNT(C)=1,IF((-C)=(-1),1,0),0.5)"),
        ("kind = 'CT'", 'IFERROR(IF(ISTEXT(KIND),IF(EXACT(KIND,"CT")=TRUE,1,0),0.5),0.5)'),
        ("unit.kind <> 'ICU'", 'IF(EXACT("OB","ICU")=FALSE,1,0)'),
        ("opened <= period.end", 'IFERROR(IF(ISTEXT(OPENED),IF(OPENED<="2026-09-30",1,0),0.5),0.5)'),
        ("days() = 30", "IF(30=30,1,0)"),
        ("true", "1"),
    ],
)  # fmt: skip
def test_a_condition_as_a_formula(text: str, formula: str) -> None:
    assert condition_formula(condition(text), place) == formula


@pytest.mark.parametrize(
    "text",
    [
        "round(a / b, 2) = 1",
        "least(a, b / c) = greatest(d, m)",
        "case when a > 1 then b / c when kind = 'CT' then 2 end = 3",
        "coalesce(a / b, c / d, 0) between 1 and 2",
        "a * m * b > 1 or not (r - 1) / r < 2",
        "abs(c) in (1, 2) and opened between period.start and '2026-09-30'",
    ],
)
def test_only_functions_of_excel_2007_are_used(text: str) -> None:
    formula = condition_formula(condition(text), place)
    used = set(re.findall(r"([A-Z]+)\(", re.sub(r'"[^"]*"', '""', formula)))
    assert used <= EXCEL_2007


def test_what_the_workbook_does_not_hold_is_said() -> None:
    for text in ("teaching", "is_unique(a)", "total(a) = 1", "not teaching = true"):
        with pytest.raises(NotInWorkbookError):
            condition_formula(condition(text), place)
    with pytest.raises(NotInWorkbookError):
        condition_formula(IsUnique(Value("ward", "a", item=WARD.by_id["a"])), lambda _: Drawn("A1"))


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("a + 1", {"a": 2}, 3),
        ("m + d", {"m": Decimal("1.25"), "d": Decimal("0.5")}, 1.75),
        ("a / b", {"a": 1, "b": 4}, 0.25),
        ("m / d", {"m": Decimal("1.25"), "d": Decimal("0.5")}, 2.5),
        ("r * 2", {"r": 1.5}, 3),
        ("total(m)", {"total(m)": Decimal("12.34")}, 12.34),
        ("round(a / b, 2)", {"a": 2, "b": 3}, 0.67),
    ],
)
def test_a_number_is_divided_out_as_people_read_it(
    text: str, values: dict[str, Given], shown: float
) -> None:
    assert number_by_excel(number(text), record(values)) == shown


def test_a_number_says_which_cells_it_needs() -> None:
    drawn = number_formula(number("a / b"), place)
    assert set(drawn.cells) == {"A", "B"}
    assert drawn.known == "AND(COUNT(A,B)=2,B<>0)"
    assert number_formula(number("coalesce(a, 0)"), place).known == ""
    assert number_formula(number("a"), place).known == "COUNT(A)=1"


def test_texts_are_quoted() -> None:
    assert text_formula('5" tube') == '"5"" tube"'
