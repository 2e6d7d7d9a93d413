"""Variants: sections and formulas of which a hospital chooses one."""

from datetime import date
from pathlib import Path

from infodesk.config.files import example_config
from infodesk.config.load import load_definitions
from infodesk.model.period import parse_period
from tests.config.workspace import loaded, mistakes, told

FORM = """\
id: x
title: 表
frequency: month
due: {day: 5}
variants: {way: [one, two]}
sections:
  - id: s
    title: 段
    items:
      - {id: a, label: 甲, type: integer}
      - {id: b, label: 乙, type: integer, variant: one}
      - {id: c, label: 丙, type: integer, variant: two}
rules:
  - {id: X-1, check: a = b, message: 一, variant: one}
  - {id: X-1, check: a = c, message: 二, variant: two}
"""
RATES = """\
group: 率
indicators:
  - {id: rate, title: 率, formula: x.b / x.a}
"""


def test_the_first_variant_is_used_unless_another_is_chosen(tmp_path: Path) -> None:
    files = {"forms/x.yaml": FORM, "indicators/r.yaml": RATES}
    found = loaded(tmp_path, files)
    assert [item.id for item in found.forms[0].items()] == ["a", "b"]
    assert [(rule.id, rule.text) for rule in found.rules] == [("X-1", "a = b")]
    assert "rate" in found.indicator_by_id


def test_what_speaks_of_the_variant_not_chosen_is_left_out(tmp_path: Path) -> None:
    config = {"config.yaml": "forms: [x]\nvariants: {way: two}\n"}
    found = loaded(tmp_path, config | {"forms/x.yaml": FORM, "indicators/r.yaml": RATES})
    assert [item.id for item in found.forms[0].items()] == ["a", "c"]
    assert [(rule.id, rule.text) for rule in found.rules] == [("X-1", "a = c")]
    assert "rate" not in found.indicator_by_id


def test_what_no_file_offers_cannot_be_chosen(tmp_path: Path) -> None:
    config = {"config.yaml": "forms: [x]\nvariants: {way: three, wy: two}\n"}
    found = mistakes(
        tmp_path,
        config
        | {"forms/x.yaml": FORM.replace("variant: one}\n  - {id: X", "variant: on}\n  - {id: X")},
    )
    assert len(found) == 3
    assert [line.split(": ")[0] for line in found[:2]] == ["config.yaml:2:17", "config.yaml:2:24"]
    assert "'on'" in found[2]


def test_the_way_of_leaving_takes_the_place_of_outcomes(tmp_path: Path) -> None:
    text = (
        example_config().read_text("utf-8").replace("variants: {}", "variants: {outcomes: leaving}")
    )
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    found = load_definitions(tmp_path)
    assert told(found.problems) == []
    assert found.definitions is not None
    ward = found.definitions.form_by_id["ward_activity"].by_id
    assert {"leave_ordered", "disch_died"} < set(ward)
    assert "disch_cured" not in ward
    assert "leave_ordered" in found.definitions.rule_by_id["WA-02"].text
    assert "inpatient_mortality" in found.definitions.indicator_by_id
    assert "cure_rate" not in found.definitions.indicator_by_id


def test_a_form_may_be_collected_at_another_pace(tmp_path: Path) -> None:
    config = {"config.yaml": "forms: [x]\nfrequencies: {x: quarter}\n"}
    assert loaded(tmp_path, config | {"forms/x.yaml": FORM}).forms[0].frequency.value == "quarter"


def test_derived_names_stand_for_their_expressions(tmp_path: Path) -> None:
    text = FORM.replace(
        "sections:",
        "derived:\n  - {id: both, expression: a + b}\n  - {id: twice, expression: both * 2}\nsections:",
    )
    text += "  - {id: X-2, check: twice > a, message: 三, pass: [{a: 1, b: 1}]}\n"
    assert loaded(tmp_path, {"forms/x.yaml": text}).rule_by_id["X-2"].text == "twice > a"


def test_a_mistake_in_a_derived_name_has_its_place(tmp_path: Path) -> None:
    text = FORM.replace(
        "sections:",
        "derived:\n  - {id: both, expression: a + later}\n  - {id: later, expression: a}\nsections:",
    )
    text += "  - {id: X-2, check: both > a, message: 三}\n"
    found = mistakes(tmp_path, {"forms/x.yaml": text})
    assert [line.split(": ")[0] for line in found] == ["forms/x.yaml:7:32", "forms/x.yaml:19:22"]


def test_units_may_be_added_to_and_taken_from_a_kind(tmp_path: Path) -> None:
    key = "key:\n  - {id: dept, label: 科室, type: unit}\nsections"
    about = 'about: {kind: medtech, also: ["0702"], except: ["0605"]}\nvariants'
    text = FORM.replace("variants", about, 1).replace("sections", key)
    found = loaded(tmp_path, {"forms/x.yaml": text})
    about_units = found.forms[0].about
    assert about_units is not None
    units = about_units.units(found.units, parse_period("2026-09", date(2026, 10, 1)))
    assert [unit.id for unit in units] == ["0601", "0602", "0603", "0604", "0606", "0702"]


def test_a_unit_that_does_not_exist_cannot_be_taken_out(tmp_path: Path) -> None:
    key = "key:\n  - {id: dept, label: 科室, type: unit}\nsections"
    text = FORM.replace("variants", 'about: {kind: medtech, except: ["0699"]}\nvariants', 1)
    (line,) = mistakes(tmp_path, {"forms/x.yaml": text.replace("sections", key)})
    assert line.startswith("forms/x.yaml:5:33: there is no '0699'")
