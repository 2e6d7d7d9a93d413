"""Figures as a release keeps them: written when a period is closed, official as long as it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from infodesk.model.figure import Figure
from infodesk.model.period import Period
from infodesk.store.releases import is_closed, releases
from infodesk.store.store import Store

Key = tuple[str, str, str, str | None]  # kind, id, unit, form


@dataclass(frozen=True)
class Frozen:
    """The figures of a closed period, by what they are."""

    number: int
    by_key: Mapping[Key, Mapping[str, Any]]

    def official(self, figure: Figure) -> Figure:
        """The figure as it was sealed, whatever became of formulas and forms since; one that is newer stays as it is.

        The two numbers it was divided from are known only as long as they still give it.
        """
        kept = self.by_key.get((figure.kind, figure.id, figure.unit, figure.form))
        if kept is None:
            return figure
        exact = None if kept["exact"] is None else Fraction(kept["exact"])
        is_same = exact == figure.exact
        return replace(
            figure,
            exact=exact,
            value=None if kept["value"] is None else Decimal(kept["value"]),
            numerator=figure.numerator if is_same else None,
            denominator=figure.denominator if is_same else None,
            received=kept["received"],
            expected=kept["expected"],
            flags=tuple(kept["flags"]),
            release=self.number,
        )


def frozen_figures(store: Store, period: Period) -> Frozen | None:
    """The figures of the release a period is closed under; nothing while it is open."""
    if not is_closed(store, period):
        return None
    release = releases(store, period)[-1]
    kept = json.loads(release.figures)
    return Frozen(
        release.number,
        {(each["kind"], each["id"], each["unit"], each["form"]): each for each in kept},
    )


def to_freeze(found: Iterable[Figure]) -> list[dict[str, object]]:
    """Figures as a release keeps them."""
    return [
        {
            "id": figure.id,
            "kind": figure.kind,
            "unit": figure.unit,
            "form": figure.form,
            "exact": None if figure.exact is None else str(figure.exact),
            "value": None if figure.value is None else str(figure.value),
            "received": figure.received,
            "expected": figure.expected,
            "flags": list(figure.flags),
        }
        for figure in found
    ]
