"""`dept_economics`: finance's revenue by department, the bills of the discharged, and what each costs."""

from collections.abc import Mapping

from infodesk.demo.history.chance import Chance, split
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import FormRows, Month, Row, record
from infodesk.demo.september import rows

FEES = ("disch_fee_drug", "disch_fee_material", "disch_fee_exam", "disch_fee_selfpay")
FIXED = ("cost_depreciation", "cost_other", "cost_allocated")
CALM = (
    0.08  # of its usual revenue: within that the pay by performance takes up good and poor months
)
# What of the hospital's revenue is shared out as which item of the departments.
SHARED = {
    "rev_drug": ("op_drug", "ip_drug"),
    "rev_drug_pieces": ("op_drug_pieces", "ip_drug_pieces"),
    "rev_material": ("op_material", "ip_material"),
    "rev_exam_lab": ("op_exam", "op_lab", "ip_exam", "ip_lab"),
}


def departments(course: Course, month: Month) -> FormRows:
    """Every department's revenue, bills, costs and surplus."""
    revenue = _revenue(course, month)
    return {unit: _department(course, month, unit, row) for unit, row in revenue.items()}


def _revenue(course: Course, month: Month) -> FormRows:
    chance = Chance("departments", course.period)
    finance, usual = record(month, "finance_monthly"), rows()["dept_economics"]
    inpatient = {
        unit: float(row["rev_ip"]) * _busy(month, unit, "bed_days_occupied")
        for unit, row in usual.items()
    }
    outpatient = {unit: float(row["rev_op"]) for unit, row in usual.items()}
    op = split(int(finance["rev_outpatient"]), chance.weights(outpatient, 0.015))
    ip = split(int(finance["rev_inpatient"]), chance.weights(inpatient, 0.015))
    grown = {unit: (op[unit] + ip[unit]) / float(row["rev_total"]) for unit, row in usual.items()}
    parts = {
        item: split(sum(int(finance[line]) for line in lines), _weights(item, grown, chance))
        for item, lines in SHARED.items()
    }
    return {
        unit: _with_service({
            "rev_op": op[unit],
            "rev_ip": ip[unit],
            "rev_total": op[unit] + ip[unit],
            **{item: parts[item][unit] for item in SHARED},
        })
        for unit in usual
    }  # fmt: skip


def _weights(item: str, grown: Mapping[str, float], chance: Chance) -> dict[str, float]:
    usual = rows()["dept_economics"]
    return chance.weights({u: float(usual[u][item]) * share for u, share in grown.items()}, 0.015)


def _with_service(row: Row) -> Row:
    named = sum(float(row[item]) for item in ("rev_drug", "rev_material", "rev_exam_lab"))
    return {**row, "rev_service": int(row["rev_total"]) - int(named)}


def _busy(month: Month, unit: str, item: str) -> float:
    """A ward's month against September; nothing for a department without beds."""
    if unit not in month["ward_activity"]:
        return 0.0
    return float(month["ward_activity"][unit][item]) / float(rows()["ward_activity"][unit][item])


def _department(course: Course, month: Month, unit: str, revenue: Row) -> Row:
    chance, usual = Chance("department", course.period, unit), rows()["dept_economics"][unit]
    bills = int(
        chance.near(float(usual["disch_fee_total"]), 0.02)
        * _busy(month, unit, "discharges") * course.growth(0.01)
    )  # fmt: skip
    share = {item: float(usual[item]) / (float(usual["disch_fee_total"]) or 1) for item in FEES}
    return {
        **revenue,
        "disch_fee_total": bills,
        **{item: chance.part(bills, share[item], 0.03) for item in FEES},
        **_costs(course, usual, revenue, chance),
    }


def _costs(course: Course, usual: Row, revenue: Row, chance: Chance) -> Row:
    surplus = _surplus(course, usual, int(revenue["rev_total"]), chance)
    costs: Row = {
        "cost_drug": chance.count(int(revenue["rev_drug"]) * 0.965, 0.003),
        "cost_material": chance.count(
            int(revenue["rev_material"])
            * float(usual["cost_material"])
            / float(usual["rev_material"]),
            0.02,
        ),
        **{item: chance.count(float(usual[item]) * course.growth(0.03), 0.01) for item in FIXED},
    }
    total = int(revenue["rev_total"]) - surplus
    return {
        "cost_staff": total - int(sum(costs.values())),
        **costs,
        "cost_total": total,
        "surplus": surplus,
    }


def _surplus(course: Course, usual: Row, revenue: int, chance: Chance) -> int:
    """Steady, since pay by performance follows the balance; a month without patients shows in it."""
    expected = float(usual["rev_total"]) * course.growth(0.06) * course.period.days / 30
    beyond = revenue - min(max(revenue, expected * (1 - CALM)), expected * (1 + CALM))
    steady = chance.near(float(usual["surplus"]), 0.05) * course.period.days / 30
    return round(steady * course.growth(0.1) + 0.6 * beyond)
