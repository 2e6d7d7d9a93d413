"""Seeded chance, the same on every machine: uniform numbers, additions and products only."""

from collections.abc import Mapping
from random import Random


def whole(value: float) -> int:
    """The nearest whole number of one that is not negative; half goes up."""
    return int(value + 0.5)


def split(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A total in whole parts after the weights, by the largest remainders; the parts add up to it."""
    everything = sum(weights.values())
    wanted = {name: total * weight / everything for name, weight in weights.items()}
    parts = {name: int(value) for name, value in wanted.items()}
    by_remainder = sorted(wanted, key=lambda name: parts[name] - wanted[name])
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def split_below(
    total: int, weights: Mapping[str, float], most: Mapping[str, int]
) -> dict[str, int]:
    """The same, none of the parts above its most; what is cut off goes to the others. The mosts must hold it."""
    full: dict[str, int] = {}
    while True:
        rest = {name: weight for name, weight in weights.items() if name not in full}
        parts = split(total - sum(full.values()), rest)
        over = {name: most[name] for name, part in parts.items() if part > most[name]}
        if not over:
            return {name: (full | parts)[name] for name in weights}
        full |= over


class Chance:
    """Chance of its own for each month and form: one form changes no other."""

    def __init__(self, *names: object) -> None:
        self._random = Random("/".join(map(str, names)))

    def near(self, value: float, spread: float) -> float:
        """A number at most `spread` (a share) away from the value, most often close to it."""
        return value * (1 + spread * (self._random.random() + self._random.random() - 1))

    def count(self, value: float, spread: float) -> int:
        """A whole number near the value."""
        return whole(self.near(value, spread))

    def few(self, expected: float) -> int:
        """How many of rare events happened, where so many are expected."""
        trials = 4 * whole(expected) + 4
        return sum(self._random.random() * trials < expected for _ in range(trials))

    def part(self, total: int, share: float, spread: float) -> int:
        """A part of a total near the share; the whole of it where the share is 1."""
        return total if share >= 1 else min(total, self.count(total * share, spread))

    def weights(self, values: Mapping[str, float], spread: float) -> dict[str, float]:
        """Each of the values a little moved."""
        return {name: self.near(value, spread) for name, value in values.items()}
