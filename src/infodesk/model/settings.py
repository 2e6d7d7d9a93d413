"""Settings: the answers of `config.yaml`."""

from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from infodesk.model.exemption import Exemption
from infodesk.model.general import Thresholds
from infodesk.model.period import Period


@dataclass(frozen=True)
class Folders:
    """Where files come from and go to, inside the workspace unless absolute."""

    inbox: Path = Path("inbox")
    blanks: Path = Path("blanks")
    reports: Path = Path("reports")
    returns: Path = Path("returns")


@dataclass(frozen=True)
class Settings:
    """One workspace's settings; `config.example.yaml` explains each."""

    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    first_period: Period | None = None
    logbooks_since: date | None = None  # the first day on which logbooks expect entries
    store: Path = Path("infodesk.db")
    network_share: Literal["refuse", "exclusive"] = "refuse"
    folders: Folders = field(default_factory=Folders)
    telephone: str = ""
    explanation_length: int = 6
    general: Thresholds = field(default_factory=Thresholds)
    exemptions: tuple[Exemption, ...] = ()

    @property
    def zone(self) -> tzinfo:
        """The time zone in which days begin and deadlines fall."""
        return ZoneInfo(self.timezone)
