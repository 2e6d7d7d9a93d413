"""Probes: readings that the machine takes itself."""

from dataclasses import dataclass, replace
from typing import Literal

from infodesk.model.limit import Level

Way = Literal["command", "tcp", "tls", "http", "disk", "age"]
Counted = Literal["minutes", "hours", "days"]


@dataclass(frozen=True)
class Probe:
    """How a reading is taken, and how long that may last.

    `target` is one text: `host:port` (tcp, tls), an address (http), a folder (disk: per cent used), a file
    or a pattern of files (age of the newest); for a command its arguments, which no shell reads. `pattern`
    takes its one group out of what comes back. `yes` and `no` are what an open and a closed door mean.
    `silence` is the level of no answer at all.
    """

    way: Way
    target: tuple[str, ...]
    seconds: int = 5
    pattern: str = ""
    counted: Counted = "days"
    yes: str = "true"
    no: str = "false"
    silence: Level = Level.WARN

    def at(self, asset: str) -> "Probe":
        """The same of one asset: its id stands for `{asset}`."""
        return replace(self, target=tuple(each.replace("{asset}", asset) for each in self.target))
