"""A small form with an item of every kind, and expressions about it, for the tests of the rule language."""

from infodesk.expr.parse import parse_condition, parse_formula
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node
from infodesk.model.form import Due, Form, Section
from infodesk.model.item import Code, Item, Type
from infodesk.model.period import Frequency
from infodesk.text.message import Title


def item(name: str, zh: str, kind: Type = Type.INTEGER, decimals: int = 0, **more: object) -> Item:
    return Item(name, Title(zh, name), kind, decimals, **more)  # type: ignore[arg-type]


CODES = (Code("CT", Title("CT", "CT")), Code("MR", Title("磁共振", "MR")))

WARD = Form(
    "ward",
    Title("病房月报", "Ward"),
    Frequency.MONTH,
    Due(5),
    (
        Section(
            "all",
            Title("全部", "All"),
            (
                item("a", "期初在院人数"),
                item("b", "出院：治愈"),
                item("c", "结余", negative=True),
                item("d", "工日", Type.DECIMAL, 1),
                item("m", "金额", Type.MONEY, 2),
                item("r", "实测值", Type.NUMBER, 6),
                item("kind", "类型", Type.CODE, codes=CODES),
                item("opened", "启用日期", Type.DATE),
                item("teaching", "教学", Type.YES_NO),
            ),
        ),
    ),
)

CLINIC = Form(
    "clinic",
    Title("门诊月报", "Clinic"),
    Frequency.MONTH,
    Due(5),
    (
        Section(
            "all", Title("全部", "All"), (item("x", "门诊人次"), item("y", "甲"), item("z", "甲"))
        ),
    ),
)

SCOPE = Scope({"ward": WARD, "clinic": CLINIC}, WARD, frozenset({"ICU", "OB"}))
INDICATORS = Scope({"ward": WARD, "clinic": CLINIC})


def condition(text: str) -> Node:
    """A condition about `WARD`."""
    parsed = parse_condition(text, SCOPE)
    assert parsed.node is not None, [str(problem.message) for problem in parsed.problems]
    return parsed.node


def number(text: str) -> Node:
    """A number of a record of `WARD`."""
    parsed = parse_formula(text, SCOPE)
    assert parsed.node is not None, [str(problem.message) for problem in parsed.problems]
    return parsed.node
