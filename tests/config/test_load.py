"""What a workspace declares, on top of the starter hospital."""

from datetime import date, time
from pathlib import Path

import pytest

from infodesk.config.load import load_definitions
from infodesk.model.expression import Total
from infodesk.model.form import About, Due, Section
from infodesk.model.indicator import Better, Indicator
from infodesk.model.item import Code, Item, OverTime, Secrecy, Type
from infodesk.model.layout import Layout, RowMark
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Rule, Severity
from infodesk.model.unit import Contact
from infodesk.text.message import Title
from tests.config.workspace import form, loaded, make

INDICATORS = """\
group: {zh: 组, en: Group}
indicators:
  - {id: of_x, title: 率, formula: x.a / x.b}
  - {id: of_y, title: 率, formula: 第二表.a / y.b}
  - {id: of_both, title: 率, formula: x.a / y.b}
"""


def period(text: str) -> Period:
    return parse_period(text, date(2026, 1, 1))


def test_settings_have_the_values_of_the_file(tmp_path: Path) -> None:
    make(tmp_path, {"config.yaml": "language: en\nfirst_period: 2026-09\nfolders: {inbox: 收件}\n"})
    definitions = load_definitions(tmp_path).definitions
    assert definitions is not None
    settings = definitions.settings
    assert (settings.language, settings.first_period) == ("en", period("2026-09"))
    assert settings.folders.inbox == Path("收件")
    assert settings.folders.blanks == Path("blanks")
    assert settings.store == Path("infodesk.db")


def test_a_form_is_built_from_its_declaration(tmp_path: Path) -> None:
    text = """\
id: scan
title: {zh: 检查, en: Scans}
category: 医技
frequency: quarter
due: {day: 10, roll: prev, at: "9:30"}
about: {kind: medtech}
since: 2026-Q3
until: 2027-Q4
key:
  - {id: dept, label: 科室, type: unit, class: public}
  - {id: device, label: 设备, type: code(device)}
sections:
  - id: own
    title: 自填
    from: "0602"
    applies_to: [medtech]
    nil: 本期无
    items:
      - {id: scans, label: {zh: 例数, en: Scans}, type: integer, unit: 例, required: false}
      - {id: hours, label: 小时, type: decimal(1), over_time: last, over_units: none}
      - {id: income, label: 收入, type: money, negative: true, class: confidential}
      - {id: dose, label: 剂量, type: number(3), note: {zh: 平均, en: mean}}
      - {id: any_dose, label: 总剂量, type: number}
      - {id: bought, label: 购入, type: date, since: 2026-Q4}
      - {id: shared, label: 共用, type: yes_no, opens_with: shared}
layout:
  sheet: Scans
  header_rows: [3, 4]
  columns: {dept: 科室, device: 设备, hours: 小时 / 本期, income: 收入, dose: 剂量, any_dose: 总, bought: 购, shared: 共}
  leave_out: [{column: 科室, text: 合计}, {column: 设备}]
  totals: {column: 科室, text: 全院}
  blank: ["-", "…"]
  unknown_columns: ignore
"""
    codes = "id: device\ntitle: 设备\ncodes: [{id: CT, title: CT}, {id: MR, title: {zh: 磁共振, en: MRI}}]\n"
    definitions = loaded(tmp_path, {"forms/scan.yaml": text, "codes/device.yaml": codes})
    (scan,) = definitions.forms
    devices = (Code("CT", Title("CT")), Code("MR", Title("磁共振", "MRI")))
    none, quarter = OverTime.NONE, period("2026-Q4")
    assert scan.title == Title("检查", "Scans")
    assert (scan.category, scan.about, scan.source) == ("医技", About("medtech"), "workspace")
    assert scan.due == Due(10, "prev", time(9, 30))
    assert (scan.since, scan.until) == (period("2026-Q3"), period("2027-Q4"))
    assert scan.key == (
        Item(
            "dept",
            Title("科室"),
            Type.UNIT,
            over_time=none,
            adds_up=False,
            carries=True,
            secrecy=Secrecy.PUBLIC,
        ),
        Item(
            "device",
            Title("设备"),
            Type.CODE,
            over_time=none,
            adds_up=False,
            carries=True,
            codes=devices,
        ),
    )
    assert scan.sections == (
        Section(
            "own",
            Title("自填"),
            (
                Item("scans", Title("例数", "Scans"), Type.INTEGER, unit="例", required=False),
                Item("hours", Title("小时"), Type.DECIMAL, 1, over_time=OverTime.LAST, adds_up=False),
                Item("income", Title("收入"), Type.MONEY, 2, negative=True, secrecy=Secrecy.CONFIDENTIAL),
                Item("dose", Title("剂量"), Type.NUMBER, 3, note=Title("平均", "mean")),
                Item("any_dose", Title("总剂量"), Type.NUMBER, 6),
                Item("bought", Title("购入"), Type.DATE, over_time=none, adds_up=False, carries=True, since=quarter),
                Item("shared", Title("共用"), Type.YES_NO, over_time=none, adds_up=False, carries=True, opens_with="shared"),
            ),
            "0602",
            ("medtech",),
            Title("本期无"),
        ),
    )  # fmt: skip
    assert scan.layout == Layout(
        "Scans",
        (3, 4),
        (
            ("dept", "科室"), ("device", "设备"), ("hours", "小时 / 本期"), ("income", "收入"),
            ("dose", "剂量"), ("any_dose", "总"), ("bought", "购"), ("shared", "共"),
        ),
        leave_out=(RowMark("科室", "合计"), RowMark("设备", "")),
        totals=RowMark("科室", "全院"),
        blank=("-", "…"),
        unknown_columns="ignore",
    )  # fmt: skip
    assert definitions.texts == {scan.definition: text}


def test_a_rule_is_built_from_its_declaration(tmp_path: Path) -> None:
    rules = """\
rules:
  - {id: X-1, check: a = b, message: 一}
  - id: X-2
    severity: warning
    check: >-
      甲 >=
      乙
    message: {zh: 二, en: two}
    follows: [X-1]
    since: 2026-10
    until: 2027-09
"""
    first, second = loaded(tmp_path, {"forms/x.yaml": form("x", more=rules)}).rules
    assert (first.form, first.severity, first.message) == ("x", Severity.ERROR, Title("一"))
    assert isinstance(second, Rule)
    assert (second.severity, second.text, second.follows) == (
        Severity.WARNING,
        "甲 >= 乙",
        ("X-1",),
    )
    assert (second.since, second.until) == (period("2026-10"), period("2027-09"))


def test_an_indicator_is_built_from_its_declaration(tmp_path: Path) -> None:
    text = """\
group: 组
indicators:
  - id: rate
    title: 率
    formula: x.a / x.b
    unit: "%"
    decimals: 1
    better: up
    plausible: {low: 0.5, high: 8, per_days: 30, exempt: [ICU]}
    per_unit: true
    reference: 85
    used_by: 考核
    source: S1
"""
    files = {"forms/x.yaml": form("x"), "indicators/i.yaml": text}
    (rate,) = loaded(tmp_path, files).indicators
    assert isinstance(rate, Indicator)
    assert (rate.unit, rate.decimals, rate.better, rate.per_unit) == ("%", 1, Better.UP, True)
    assert rate.plausible is not None
    assert rate.plausible.exempt == ("ICU",)
    assert rate.plausible.per_days == 30
    assert (rate.group, rate.reference) == (Title("组"), Title("85"))
    assert (rate.used_by, rate.source, rate.text) == ("考核", "S1", "x.a / x.b")


def test_a_growth_has_the_formula_of_what_grows(tmp_path: Path) -> None:
    text = """\
group: 组
indicators:
  - {id: growth, title: 增幅, growth_of: rate, unit: "%"}
  - {id: rate, title: 率, formula: x.a / x.b}
  - {id: more, title: 增幅, growth_of: x.a, unit: "%"}
"""
    files = {"forms/x.yaml": form("x"), "indicators/i.yaml": text}
    growth, rate, more = loaded(tmp_path, files).indicators
    assert (growth.growth_of, growth.formula, growth.text) == (rate, rate.formula, "x.a / x.b")
    assert (more.formula, more.text) == (Total("x", more.growth_of), "x.a")  # type: ignore[arg-type]
    unused = {"config.yaml": "forms: []\n"} | files
    assert loaded(tmp_path, unused).indicators == ()


def test_units_are_built_in_the_hospitals_order(tmp_path: Path) -> None:
    text = """\
hospital: {id: H, title: 医院, kind: campus}
kinds: [{id: campus, title: 院区}, {id: ward, title: 病区}, {id: OB, within: ward, title: 产科}]
units:
  - {id: "02", title: {zh: 乙, en: B}, kind: OB, aliases: [二], opened: 2020-01-01, closed: 2026-10-01, successors: ["01"]}
  - {id: "01", title: 甲, kind: ward, parent: "02", contact: {name: 张, phone: "8", reviewer: 李, head: 王}}
"""
    units = loaded(tmp_path, {"units.yaml": text}).units
    assert [(unit.id, unit.order, unit.parent) for unit in units.units] == [
        ("H", 0, None),
        ("02", 1, "H"),
        ("01", 2, "02"),
    ]
    assert units.root.kind == "campus"
    second, first = units.units[1:]
    assert (second.aliases, second.successors) == (("二",), ("01",))
    assert (second.opened, second.closed) == (date(2020, 1, 1), date(2026, 10, 1))
    assert first.contact == Contact("张", "8", "李", "王")
    assert units.is_kind(second, ("ward",))


def test_a_name_of_a_closed_unit_may_be_given_again(tmp_path: Path) -> None:
    text = """\
hospital: {id: H, title: 医院}
kinds: [{id: ward, title: 病区}]
units:
  - {id: "02", title: 内科, kind: ward}
  - {id: "01", title: 内科, kind: ward, closed: 2026-01-01, successors: ["02"]}
"""
    assert loaded(tmp_path, {"units.yaml": text}).units.root.id == "H"


def test_a_report_is_built_with_the_path_of_its_template(tmp_path: Path) -> None:
    files = {
        "reports/mine.yaml": "id: mine\ntitle: 我的\nfrequency: month\ntemplate: mine.md.j2\nname: 我的 {period}\n",
        "reports/mine.md.j2": "# 我的\n",
    }
    reports = {report.id: report for report in loaded(tmp_path, files).reports}
    assert reports["mine"].template == str(tmp_path / "reports" / "mine.md.j2")


def test_settings_select_forms_and_give_their_order(tmp_path: Path) -> None:
    config = "forms: [outpatient_activity, x, ward_beds_staff]\n"
    files = {"config.yaml": config, "forms/x.yaml": form("x")}
    forms = [form.id for form in loaded(tmp_path, files).forms]
    assert forms == ["outpatient_activity", "x", "ward_beds_staff"]


def test_without_a_selection_all_forms_are_in_use(tmp_path: Path) -> None:
    files = {"config.yaml": "language: zh\n", "forms/x.yaml": form("x")}
    forms = {form.id for form in loaded(tmp_path, files).forms}
    assert {"x", "ward_activity", "leadership"} < forms
    assert len(forms) == 13


def test_what_speaks_of_a_form_not_in_use_is_left_out(tmp_path: Path) -> None:
    rules = """\
rules:
  - {id: X-1, check: a = b, message: 一}
  - {id: X-2, check: a = y.a, message: 二}
  - {id: X-3, check: row_count("第二表") > 1, message: 三, follows: [X-2]}
  - {id: X-4, check: total(第二表.a) = total(a), message: 四}
  - {id: X-5, check: a = 1, message: 五, follows: [X-2, Y-1]}
"""
    files = {
        "config.yaml": "forms: [x]\n",
        "forms/x.yaml": form("x", "第一表", rules),
        "forms/y.yaml": form(
            "y", "{zh: 第二表, en: Second}", "rules: [{id: Y-1, check: a = 1, message: 一}]"
        ),
        "indicators/i.yaml": INDICATORS,
    }
    definitions = loaded(tmp_path, files)
    assert [rule.id for rule in definitions.rules] == ["X-1", "X-5"]
    assert [indicator.id for indicator in definitions.indicators] == ["of_x"]


def test_a_form_whose_name_ends_like_that_of_an_unused_one_is_not_taken_for_it(
    tmp_path: Path,
) -> None:
    files = {
        "config.yaml": "forms: [my_y]\n",
        "forms/my_y.yaml": form("my_y", "我的表"),
        "forms/y.yaml": form("y", "你的表"),
        "indicators/i.yaml": "group: 组\nindicators: [{id: of_mine, title: 率, formula: my_y.a}]\n",
    }
    assert [found.id for found in loaded(tmp_path, files).indicators] == ["of_mine"]


def test_the_starter_hospital_has_no_indicators_for_a_hospital_without_its_forms(
    tmp_path: Path,
) -> None:
    assert loaded(tmp_path, {"config.yaml": "forms: []\n"}).indicators == ()


@pytest.mark.parametrize("name", ["ward_activity", "ward_beds_staff", "outpatient_activity"])
def test_each_form_of_the_starter_hospital_can_be_used_alone(tmp_path: Path, name: str) -> None:
    definitions = loaded(tmp_path, {"config.yaml": f"forms: [{name}]\n"})
    assert [form.id for form in definitions.forms] == [name]
    assert definitions.rules


def test_a_file_of_the_workspace_hides_the_packaged_one(tmp_path: Path) -> None:
    files = {
        "config.yaml": "forms: [ward_activity, ward_beds_staff]\n",
        "forms/ward_activity.yaml": form("ward_activity", "我们的月报"),
        "indicators/medical_quality.yaml": "group: 组\nindicators: []\n",
        "indicators/beds_and_efficiency.yaml": "group: 组\nindicators: []\n",
        "calendars/china.yaml": "id: china\ntitle: 假\nyears: {2026: {holidays: [2026-09-01]}}\n",
    }
    definitions = loaded(tmp_path, files)
    ours, theirs = definitions.forms
    assert (ours.title.zh, ours.source) == ("我们的月报", "workspace")
    assert theirs.source == "package"
    assert definitions.calendar.holidays == {date(2026, 9, 1)}
    assert definitions.calendar.years == {2026}


def test_deadlines_of_the_settings_win_over_the_forms_own(tmp_path: Path) -> None:
    config = """\
forms: [ward_activity, ward_beds_staff, outpatient_activity]
deadlines:
  ward_activity: {day: 6}
  ward_beds_staff: {roll: none, at: 8:30}
"""
    by_id = loaded(tmp_path, {"config.yaml": config}).form_by_id
    assert by_id["ward_activity"].due == Due(6, "next", time(17, 30))
    assert by_id["ward_beds_staff"].due == Due(5, "none", time(8, 30))
    assert by_id["outpatient_activity"].due == Due(5, "next", time(17, 30))


def test_examples_of_rules_are_kept_to(tmp_path: Path) -> None:
    rules = """\
rules:
  - id: X-1
    check: a - prev(a) <= b * days() and unit.kind <> 'ICU' and total(a) >= 1.5 and period.end > '2026-09-29'
    message: 一
    pass:
      - {a: 10, prev(a): 4, b: 0.2, unit.kind: OB, total(a): 1.5}
      - {甲: 10, prev(甲): 4, 乙: 0.3, days(): 20, unit.kind: OB, total(甲): 2, period.end: 2026-10-31}
    fail:
      - {a: 10, prev(a): 3, b: 0.2, unit.kind: OB, total(a): 2}
      - {a: 10, prev(a): 4, b: 0.2, unit.kind: ICU, total(a): 2}
      - {a: 10, prev(a): 4, b: 0.2, unit.kind: OB, total(a): 2, period.end: 2026-02-28}
"""
    assert load_definitions(make(tmp_path, {"forms/x.yaml": form("x", more=rules)})).problems == ()
