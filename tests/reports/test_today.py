"""What stands on the list of a day: what cannot wait, in which order, and when a duty is spoken of."""

from datetime import datetime, timedelta

import pytest

from infodesk.demo.story import ZONE
from infodesk.model.entry import Duty, DutyState, Slot
from infodesk.reports.today import can_wait

END = datetime(2026, 10, 1, 0, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("may_be_done_for", "told_before"),
    [
        (timedelta(days=3), timedelta(days=3)),  # as long as it may be done
        (timedelta(days=7), timedelta(days=3)),
        (timedelta(days=31), timedelta(days=7)),
        (timedelta(days=92), timedelta(days=14)),
        (timedelta(days=184), timedelta(days=21)),
        (timedelta(days=365), timedelta(days=30)),
    ],
)
def test_a_duty_is_spoken_of_in_its_last_days(
    may_be_done_for: timedelta, told_before: timedelta
) -> None:
    duty = Duty("book", Slot("rule", END), END - may_be_done_for, END, END, DutyState.DUE)
    begins = END - told_before
    assert not can_wait(duty, begins)
    assert can_wait(duty, begins - timedelta(minutes=1))
