"""Assets: the devices and places that logbooks speak of, with limits of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from infodesk.model.limit import Limits
from infodesk.model.probe import Probe
from infodesk.text.folding import key
from infodesk.text.message import Title


@dataclass(frozen=True)
class AssetKind:
    """A kind of asset: UPS, precision air conditioner, server, site."""

    id: str
    title: Title


@dataclass(frozen=True)
class Asset:
    """One of them. `limits` and `probes` (by field) take the place of the field's own; `until` is its last day."""

    id: str
    title: Title
    kind: str
    aliases: tuple[str, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    probes: Mapping[str, Probe] = field(default_factory=dict)

    def is_in_use(self, day: date) -> bool:
        """Whether it was in use that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True)
class Assets:
    """All assets, in the order in which one walks past them."""

    assets: tuple[Asset, ...] = ()
    kinds: tuple[AssetKind, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Asset]:
        """Assets by their id."""
        return {asset.id: asset for asset in self.assets}

    @cached_property
    def _by_name(self) -> dict[str, Asset]:
        return {
            key(name): asset
            for asset in self.assets
            for name in (*asset.aliases, asset.title.zh, asset.title.en, asset.id)
            if name
        }

    def find(self, name: str) -> Asset | None:
        """The asset of that id, title or alias."""
        return self._by_name.get(key(name))

    def of_kind(self, kind: str, day: date) -> tuple[Asset, ...]:
        """The assets of a kind in use on a day."""
        return tuple(a for a in self.assets if a.kind == kind and a.is_in_use(day))
