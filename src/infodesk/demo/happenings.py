"""What went wrong in the demo hospital's machine room from July to September 2026. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
Fate = Literal["done", "late", "skipped", "missed"]


@dataclass(frozen=True)
class Happening:
    """A duty that did not go as usual: what became of it, and the answers it has.

    Of a logbook without schedules: an entry of its own, with the first `moves` of its life.
    """

    book: str
    at: datetime  # by the clock of the hospital; of a duty: its planned moment
    schedule: str = ""
    subject: str = ""
    fate: Fate = "done"
    given: Mapping[str, str] = field(default_factory=dict)
    moves: tuple[str, ...] = ()


HAPPENINGS = (
    Happening(  # the air conditioning failed on a hot afternoon
        "room_inspection",
        datetime(2026, 8, 11, 16, 30, tzinfo=ZONE),
        "daily_last",
        given={"cold_aisle_temperature": "31.2"},
    ),
    Happening("room_inspection", datetime(2026, 7, 18, 9, 0, tzinfo=ZONE), "daily_last", fate="missed"),
    Happening("room_inspection", datetime(2026, 9, 12, 9, 0, tzinfo=ZONE), "daily_last", fate="missed"),
    Happening("room_inspection", datetime(2026, 9, 3, 8, 30, tzinfo=ZONE), "daily", fate="late"),
    Happening(
        "backup_log",
        datetime(2026, 8, 19, 1, 0, tzinfo=ZONE),
        "daily",
        "DB-EMR",
        given={"result": "FAILED", "error_text": "示例：目标磁盘已满", "size_bytes": ""},
    ),
    Happening("backup_log", datetime(2026, 9, 6, 1, 0, tzinfo=ZONE), "daily", "DB-HIS", fate="missed"),
    Happening(  # a third of the usual size: half of the tables were left out
        "backup_log",
        datetime(2026, 9, 30, 1, 0, tzinfo=ZONE),
        "daily",
        "DB-EMR",
        given={"size_bytes": "7000000000"},
    ),
    Happening(  # taken out for a read test at the supplier's, and not brought back
        "media_register",
        datetime(2026, 9, 10, 10, 0, tzinfo=ZONE),
        given={"label": "M-2026-08-HIS-01", "place": "vault", "keep_until": "2027-08-31"},
        moves=("take_out",),
    ),
)  # fmt: skip
