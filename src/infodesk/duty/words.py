"""Moments as people read them on a list."""

from datetime import datetime, timedelta


def clock(moment: datetime, now: datetime) -> str:
    """`09-18 17:30`; the year too if it is another one; midnight as 24:00 of the day that ends."""
    is_midnight = (moment.hour, moment.minute) == (0, 0)
    day = moment - timedelta(minutes=1) if is_midnight else moment
    on = f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return f"{on} 24:00" if is_midnight else f"{on} {moment:%H:%M}"
