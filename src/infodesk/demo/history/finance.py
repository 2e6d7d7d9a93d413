"""`finance_monthly`: revenue follows visits and bed-days; assets and net assets follow the surplus, backwards."""

from infodesk.demo.history.chance import Chance, split
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import ROOT, FormRows, Month, Row, record, row_total
from infodesk.demo.september import rows

UNIT = 100  # yuan: what the lines are rounded to
FEE_GROWTH, STAY_FEE_GROWTH = 0.025, 0.01  # of the fee of a visit, and of a stay, within the year
OUTPATIENT = (
    "op_register", "op_consult", "op_exam", "op_lab", "op_treat", "op_surgery",
    "op_material", "op_drug", "op_other",
)  # fmt: skip
INPATIENT = (
    "ip_bed", "ip_consult", "ip_exam", "ip_lab", "ip_treat", "ip_surgery", "ip_nursing",
    "ip_material", "ip_drug", "ip_other",
)  # fmt: skip
# Heating in winter, cooling in summer: what energy costs against September, January to December.
ENERGY = (1.35, 1.30, 1.15, 1.0, 0.95, 1.05, 1.2, 1.2, 1.0, 0.95, 1.1, 1.3)


def finance(course: Course, month: Month, after: Row) -> FormRows:
    """The hospital's one record, with the balance sheet from which the next month began."""
    chance = Chance("finance", course.period)
    revenue = _revenue(course, month, chance)
    expenditure = _expenditure(course, revenue, chance)
    return {ROOT: {**revenue, **expenditure, **_balance(course, after, chance)}}


def _usual() -> Row:
    return record(rows(), "finance_monthly")


def _rounded(value: float) -> int:
    return int(value / UNIT + 0.5) * UNIT


def _revenue(course: Course, month: Month, chance: Chance) -> Row:
    outpatient = _rounded(chance.near(_outpatient(course, month), 0.008))
    adjustment = -_rounded(chance.near(0.0057 * 2 * outpatient, 0.1))
    inpatient = _rounded(chance.near(_inpatient(course, month), 0.008))
    if "rev_medical" in course.given:
        inpatient = course.given["rev_medical"] - outpatient - adjustment
    others: Row = {
        "rev_fiscal": _usual()["rev_fiscal"],
        "rev_scientific": _rounded(chance.near(float(_usual()["rev_scientific"]), 0.15)),
        "rev_other": _rounded(chance.near(float(_usual()["rev_other"]), 0.1)),
    }
    medical = outpatient + inpatient + adjustment
    return {
        "rev_total": medical + int(sum(others.values())),
        "rev_medical": medical,
        "rev_outpatient": outpatient,
        **_lines(OUTPATIENT, outpatient, "op_drug", chance),
        "rev_inpatient": inpatient,
        **_lines(INPATIENT, inpatient, "ip_drug", chance),
        "rev_settlement_adj": adjustment,
        "rev_insurance_op": _rounded(chance.near(outpatient * 0.45, 0.02)),
        "rev_insurance_ip": _rounded(chance.near(inpatient * 0.70, 0.02)),
        **others,
    }


def _outpatient(course: Course, month: Month) -> float:
    items = ("visits_outpatient", "visits_emergency")
    now = sum(row_total(month["outpatient_activity"], item) for item in items)
    then = sum(row_total(rows()["outpatient_activity"], item) for item in items)
    return float(_usual()["rev_outpatient"]) * now / then * course.growth(FEE_GROWTH)


def _inpatient(course: Course, month: Month) -> float:
    """Half by the discharges, half by the bed-days: a bill grows day by day."""
    now, then = month["ward_activity"], rows()["ward_activity"]
    items = ("discharges", "bed_days_occupied")
    grown = sum(row_total(now, item) / row_total(then, item) for item in items) / 2
    return float(_usual()["rev_inpatient"]) * grown * course.growth(STAY_FEE_GROWTH)


def _lines(items: tuple[str, ...], total: int, drugs: str, chance: Chance) -> Row:
    """The lines of a revenue, which add up to it, and the herbal pieces among the drugs."""
    weights = chance.weights({item: float(_usual()[item]) for item in items}, 0.03)
    lines = {item: n * UNIT for item, n in split(total // UNIT, weights).items()}
    pieces = float(_usual()[f"{drugs}_pieces"]) / float(_usual()[drugs])
    return {**lines, f"{drugs}_pieces": _rounded(chance.near(lines[drugs] * pieces, 0.04))}


def _expenditure(course: Course, revenue: Row, chance: Chance) -> Row:
    """By nature and by purpose; pay by performance takes up what a good or a poor month brings."""
    usual = _usual()
    surplus = _surplus(course, int(revenue["rev_total"]), chance)
    total = int(revenue["rev_total"]) - surplus
    other, admin = (
        _rounded(chance.near(float(usual[item]) * course.growth(0.03), 0.03))
        for item in ("exp_other", "exp_admin")
    )
    energy = _rounded(
        chance.near(float(usual["exp_energy"]) * ENERGY[course.period.start.month - 1], 0.03)
    )
    plain = float(usual["exp_other_nature"]) - float(usual["exp_energy"])
    material = int(revenue["op_material"]) + int(revenue["ip_material"])
    drugs = int(revenue["op_drug"]) + int(revenue["ip_drug"])
    by_nature: Row = {
        "exp_material": _rounded(chance.near(material * 1.115, 0.02)),
        "exp_drug": _rounded(chance.near(drugs * 0.966, 0.01)),
        "exp_depreciation": _rounded(float(usual["exp_depreciation"]) * course.growth(0.04)),
        "exp_amortization": usual["exp_amortization"],
        "exp_risk_fund": _rounded(int(revenue["rev_medical"]) * 0.002),
        "exp_other_nature": _rounded(chance.near(plain * course.growth(0.03), 0.03)) + energy,
    }
    return {
        "exp_total": total,
        "exp_business": total - other - admin,
        "exp_admin": admin,
        "exp_other": other,
        "exp_staff": total - other - int(sum(by_nature.values())),
        **by_nature,
        "exp_energy": energy,
        "surplus": surplus,
    }


def _surplus(course: Course, revenue: int, chance: Chance) -> int:
    """It grew within the year; a month without patients costs much of it."""
    expected = float(_usual()["rev_total"]) * course.growth(0.07)
    busy = revenue / expected - 1
    usual = chance.near(float(_usual()["surplus"]) * course.growth(0.2), 0.05)
    return round(usual * (1 + 2.5 * busy) / UNIT) * UNIT


def _balance(course: Course, after: Row, chance: Chance) -> Row:
    """The balance sheet at the month's end: net assets are the next month's less its surplus."""
    usual, months = _usual(), course.ago * 12
    net = int(after["net_assets"]) - int(after["surplus"])
    current = _rounded(chance.near(float(usual["liab_current"]), 0.01))
    long_term = int(usual["liab_noncurrent"]) + round(months) * 100_000
    fixed = int(usual["assets_fixed"]) + round(months) * 350_000
    other = int(usual["assets_other"]) + round(months) * int(usual["exp_amortization"])
    return {
        "assets_current": net + current + long_term - fixed - other,
        "assets_fixed": fixed,
        "assets_other": other,
        "assets_total": net + current + long_term,
        "liab_current": current,
        "liab_noncurrent": long_term,
        "liab_total": current + long_term,
        "net_assets": net,
    }
