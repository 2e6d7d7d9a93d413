"""Advice: what is sound as it stands and could still be better."""

from dataclasses import dataclass
from typing import Literal

from infodesk.text.message import Message

AdviceKind = Literal[
    "never_fails",
    "never_passes",
    "contradicts",
    "repeats",
    "follows_from",
    "not_evaluated",
    "unprotected",
    "not_shown",
    "not_served",
]


@dataclass(frozen=True)
class Advice:
    """One piece of advice: the ids it is about (a rule and another, items, an indicator, a clause), and its words."""

    kind: AdviceKind
    about: tuple[str, ...]
    words: Message
