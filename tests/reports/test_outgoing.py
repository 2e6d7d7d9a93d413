"""What leaves the house: small counts of persons, and what would give them away, are not printed."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from infodesk.config.load import load_definitions
from infodesk.demo.september import PERIOD
from infodesk.errors import InfodeskError
from infodesk.model.period import parse_period
from infodesk.reports.build import Edition, report_document
from infodesk.reports.small_cells import inputs
from infodesk.stats.measure import Measure
from infodesk.stats.pick import find_figure
from tests.conftest import Month, Shell
from tests.reports.conftest import Printed, from_template

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "suppression.json").read_text("utf-8"))
QUARTER = parse_period("2026-Q2", date(2027, 1, 1))


def outgoing(month: Month, edition: Edition, folder: Path, template: str) -> Printed:
    return Printed(from_template(month, edition, PERIOD, folder, template, outgoing=True))


def test_deaths_by_ward_are_hidden_as_in_the_domains_example(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = '{{ table("units", title="Deaths", kind="ward", of=["disch_died"]) }}'
    found = outgoing(full_month, edition, tmp_path, template)
    *wards, total = found.column("Deaths", "Discharged died").values()
    vector = VECTORS["lines"][0]
    assert sorted(wards) == sorted(vector["shown"])
    assert total == vector["shown_total"]
    assert found.table("Deaths").note == (
        "Not shown to protect individuals: 3 counts from 1 to 4 (<5), and 0 numbers "
        "from which they could be worked out (*)"
    )
    assert found.document.secrecy == "public"


def test_inside_the_house_the_same_table_is_whole_and_confidential(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = '{{ table("units", title="Deaths", kind="ward", of=["disch_died"]) }}'
    found = Printed(from_template(full_month, edition, PERIOD, tmp_path, template))
    assert "<5" not in found.column("Deaths", "Discharged died").values()
    assert (found.table("Deaths").note, found.document.secrecy) == ("", "confidential")


def test_what_a_rule_adds_up_with_a_small_count_does_not_give_it_away(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    items = ["discharges", "disch_cured", "disch_improved", "disch_uncured", "disch_died",
             "disch_other", "inpatient_mortality"]  # fmt: skip
    template = f'{{{{ table("units", title="Outcomes", kind="ward", of={items}) }}}}'
    found = outgoing(full_month, edition, tmp_path, template)
    table = found.table("Outcomes")
    for row in table.rows:
        hidden = [cell.text for cell in row.cells[1:7] if cell.number is None]
        assert len(hidden) != 1, row  # the others of its line would tell it
    for place in range(1, 7):
        assert sum(row.cells[place].number is None for row in table.rows) != 1
    died = found.column("Outcomes", "Discharged died")
    rate = found.column("Outcomes", "In-patient mortality (all discharges)")
    assert {unit for unit, text in died.items() if text in ("<5", "*")} <= {
        unit for unit, text in rate.items() if text == "*"
    }


def test_the_thirty_diseases_leave_the_house_without_their_small_counts(
    history_month: Month, edition: Edition
) -> None:
    report = next(
        each for each in history_month.desk.definitions.reports if each.id == "thirty_diseases"
    )
    found = Printed(report_document(history_month.desk, report, QUARTER, edition))
    title = "Discharges and outcomes of the thirty diseases"
    table = found.table(title)
    assert len(table.rows) == 31
    assert table.rows[-1].kind == "total"
    assert table.columns[0].title == "Disease code"
    counts = [cell.number for row in table.rows for cell in row.cells[1:7]]
    assert not {n for n in counts if n is not None and 1 <= n < VECTORS["threshold"]}
    assert "Not shown to protect individuals" in table.note
    hidden = {row.cells[0].text for row in table.rows if row.cells[1].text == "<5"}
    assert hidden
    stay = found.column(title, "Disease average stay")
    assert {stay[disease] for disease in hidden} == {"*"}
    assert found.document.secrecy == "internal"


REFUSED = {
    "a small count in a sentence": (
        "{{ figure('disch_died') }}",
        "may be small counts of persons",
    ),
    "a rate of few in cards": (
        "{{ table('key_numbers', title='x', of=['fatality_rate']) }}",
        "may be small counts of persons",
    ),
    "money": ("{{ figure('rev_medical') }}", "and must not leave the house"),
    "fees of a disease": (
        "{{ table('rows', title='x', form='disease30', of=['fee_total']) }}",
        "and must not leave the house",
    ),
    "findings": ("{{ table('findings', title='x') }}", "'findings' must not leave the house"),
    "who is missing": ("{{ sentence('missing') }}", "'missing' must not leave the house"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_protected_is_refused(
    full_month: Month, edition: Edition, tmp_path: Path, name: str
) -> None:
    template, words = REFUSED[name]
    with pytest.raises(InfodeskError, match=words):
        outgoing(full_month, edition, tmp_path, template)


def test_a_table_of_rows_needs_a_form_with_rows(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = "{{ table('rows', title='x', form='ward_activity', of=['discharges']) }}"
    with pytest.raises(InfodeskError, match="no form 'ward_activity' with rows"):
        outgoing(full_month, edition, tmp_path, template)


@pytest.mark.parametrize(
    "check", ["discharges - hai_cases = disch_died", "hai_cases + disch_died = discharges"]
)
def test_a_rule_that_says_too_much_about_a_small_count_is_named(
    full_month: Month, check: str, shell: Shell
) -> None:
    form = shell.folder / "forms" / "ward_activity.yaml"
    rule = f"\n  - id: WA-X\n    check: >-\n      {check}\n    message: 错\n"
    form.write_text(form.read_text("utf-8").rstrip() + rule, encoding="utf-8")
    definitions = load_definitions(shell.folder).definitions
    assert definitions is not None
    desk = replace(full_month.desk, definitions=definitions)
    names = ["discharges", "disch_cured", "disch_improved", "disch_uncured", "disch_died",
             "disch_other", "hai_cases"]  # fmt: skip
    measures = [Measure(find_figure(desk, f"ward_activity.{name}")) for name in names]
    with pytest.raises(InfodeskError, match="WA-X says too much"):
        inputs(definitions, measures)
