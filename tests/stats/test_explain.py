from dataclasses import replace
from datetime import date

import pytest

from infodesk.demo.september import PERIOD
from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.finding import State
from infodesk.model.period import parse_period
from infodesk.stats.check import Checked, check, numbered
from infodesk.stats.close import close, reopen
from infodesk.stats.explain import approve, explain
from infodesk.store.releases import releases
from tests.conftest import Month

CROWDED = {("ward_activity", "0103", "bed_days_occupied"): 1482}  # WA-19, a warning
IMPOSSIBLE = {("ward_activity", "0103", "bed_days_occupied"): 2200}  # WA-19 and WA-20, flagged


def now(month: Month) -> Checked:
    return numbered(month.desk, check(month.desk, PERIOD))


def test_a_finding_gets_its_number_once_and_keeps_it(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    first = now(full_month).findings[0]
    assert (first.identity.rule, first.number) == ("WA-19", 1)
    full_month.give("0103")
    assert now(full_month).findings == ()
    full_month.give("0103", IMPOSSIBLE)
    assert [(f.identity.rule, f.number) for f in now(full_month).findings] == [
        ("WA-19", 1),
        ("WA-20", 2),
    ]


def test_an_explanation_survives_the_next_run_as_long_as_its_numbers_stay(
    full_month: Month,
) -> None:
    full_month.give("0103", CROWDED)
    explain(full_month.desk, now(full_month), 1, "流感高峰，临时加床三日")
    found = now(full_month).findings[0]
    assert (found.state, found.words) == (State.EXPLAINED, "流感高峰，临时加床三日")
    full_month.give("0103", {("ward_activity", "0103", "bed_days_occupied"): 1490})
    assert now(full_month).findings[0].state is State.OPEN


def test_an_error_cannot_be_explained_away(full_month: Month) -> None:
    full_month.give("0103", {("ward_activity", "0103", "pts_end"): 49})
    with pytest.raises(InfodeskError, match="must be corrected"):
        explain(full_month.desk, now(full_month), 1, "就是这样的数")


def test_an_explanation_says_something(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    with pytest.raises(InfodeskError, match="6 characters"):
        explain(full_month.desk, now(full_month), 1, "已核实")
    with pytest.raises(InfodeskError, match="no finding 7"):
        explain(full_month.desk, now(full_month), 7, "流感高峰，临时加床三日")


def test_a_flagged_finding_is_explained_and_approved_before_the_period_closes(
    full_month: Month,
) -> None:
    full_month.give("0103", IMPOSSIBLE)
    with pytest.raises(RefusedError, match="2 findings are open"):
        close(full_month.desk, PERIOD)
    with pytest.raises(InfodeskError, match="waits for no approval"):
        approve(full_month.desk, now(full_month), 2)
    for number in (1, 2):
        explain(full_month.desk, now(full_month), number, "床位改造期间加床，已备案")
    with pytest.raises(RefusedError, match="1 findings are open"):
        close(full_month.desk, PERIOD)
    approve(full_month.desk, now(full_month), 2)
    release = close(full_month.desk, PERIOD)
    assert (release.number, len(release.seal)) == (1, 64)


def test_a_period_with_something_missing_does_not_close(month: Month) -> None:
    month.give("0103")
    with pytest.raises(RefusedError, match="25 senders"):
        close(month.desk, PERIOD)


def test_a_release_keeps_its_figures_when_the_period_is_opened_again(full_month: Month) -> None:
    first = close(full_month.desk, PERIOD)
    with pytest.raises(RefusedError, match="closed already"):
        close(full_month.desk, PERIOD)
    with pytest.raises(InfodeskError, match="6 characters"):
        reopen(full_month.desk, PERIOD, "改")
    reopen(full_month.desk, PERIOD, "神经内科更正出院人数")
    full_month.give("0103", {("ward_activity", "0103", "bed_days_occupied"): 1383})
    second = close(full_month.desk, PERIOD)
    assert (second.number, second.seal == first.seal) == (2, False)
    kept = releases(full_month.desk.store, PERIOD)[0]
    assert (kept.seal, kept.figures) == (first.seal, first.figures)
    assert '"value": "87.00"' in kept.figures


def test_a_longer_period_closes_after_those_within_it_and_stays_closed(full_month: Month) -> None:
    definitions = full_month.desk.definitions
    monthly = tuple(form for form in definitions.forms if form.frequency is PERIOD.frequency)
    desk = replace(full_month.desk, definitions=replace(definitions, forms=monthly, indicators=()))
    quarter, half = (parse_period(name, date(2026, 10, 8)) for name in ("2026-Q3", "2026-H2"))
    with pytest.raises(RefusedError, match=r"before \['2026-09'\]"):
        close(desk, quarter)  # July and August were before the first month kept here
    close(desk, PERIOD)
    with pytest.raises(RefusedError, match=r"before .*2026-10.*2026-12"):
        close(desk, half)
    close(desk, quarter)
    assert reopen(desk, PERIOD, "神经内科更正出院人数") == (quarter,)


def test_the_earliest_open_month_is_what_commands_are_about(full_month: Month) -> None:
    assert full_month.desk.open_period() == PERIOD
    close(full_month.desk, PERIOD)
    assert full_month.desk.open_period() == PERIOD.next()
    with pytest.raises(InfodeskError, match="is not closed"):
        reopen(full_month.desk, PERIOD.next(), "无缘无故想打开")
