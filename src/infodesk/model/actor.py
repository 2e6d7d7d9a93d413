"""Who does something, and when: given by the door, written beside every change."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Actor:
    """The operating system's user, the name given with `--by`, and the moment (with its time zone)."""

    os_user: str
    by: str
    now: datetime
