from dataclasses import replace
from pathlib import Path

import pytest

from infodesk.model.definitions import Definitions
from infodesk.reports.advice import advise, not_served, not_shown
from tests.conftest import Month


def with_template(definitions: Definitions, folder: Path, text: str) -> Definitions:
    path = folder / "report.md.j2"
    path.write_text(text, encoding="utf-8")
    report, *_ = definitions.reports
    return replace(definitions, reports=(replace(report, template=str(path)),))


def test_a_report_with_all_indicators_shows_each(definitions: Definitions) -> None:
    assert list(not_shown(definitions)) == []


@pytest.mark.parametrize("name", ["bed_occupancy", "病床使用率", "Bed occupancy rate"])
def test_an_indicator_is_shown_where_a_template_names_it(
    definitions: Definitions, tmp_path: Path, name: str
) -> None:
    found = with_template(definitions, tmp_path, f'{{{{ figure("{name}") }}}}')
    hidden = [each.about[0] for each in not_shown(found)]
    assert len(hidden) == len(definitions.indicators) - 1
    assert "bed_occupancy" not in hidden


def test_a_template_with_a_mistake_shows_nothing(definitions: Definitions, tmp_path: Path) -> None:
    found = with_template(definitions, tmp_path, '{{ figure("bed_occupancy" }}')
    assert len(list(not_shown(found))) == len(definitions.indicators)


def test_a_clause_is_served_by_a_form_a_logbook_or_a_report_and_conduct_asks_for_nothing(
    definitions: Definitions,
) -> None:
    told = [each.about[0] for each in not_served(definitions)]
    assert "四.4" not in told  # the forms
    assert "四.5" not in told  # the bulletin
    assert "五.6" not in told  # no loud talk
    assert "五.1" not in told  # the log of those who enter the machine room
    assert told == []
    left = replace(definitions, forms=())
    assert [each.about[0] for each in not_served(left)] == ["四.2", "四.3"]


def test_all_advice_comes_kind_by_kind(full_month: Month) -> None:
    kinds = [each.kind for each in advise(full_month.desk)]
    assert list(dict.fromkeys(kinds)) == ["unprotected"]
