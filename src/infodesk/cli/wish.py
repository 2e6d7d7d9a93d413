"""What `infodesk inspect` was asked on the command line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """What was asked on the command line."""

    checklist: str | None
    given: tuple[str, ...]
    file: str | None
    at: str | None
    again: str
    asset: str = ""
    skips: tuple[str, ...] = ()
    auto: bool = False
    sheet: bool = False
    formats: tuple[str, ...] = ()
    incident: bool | None = None
    drop: bool = False
    as_json: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it holds answers, or reasons for none."""
        return bool(self.given or self.skips or self.file)
