"""What is typed at a walk: answers, lists of numbers, and words to the walk itself."""

import re
from collections.abc import Sequence

from infodesk.cli.terminal import Terminal
from infodesk.model.logbook import Field
from infodesk.text.folding import fold

_BETWEEN = re.compile(r"[,、;]")
_FIRST = re.compile(r"((?:\d{1,3}[\s,、;]+)+)(\S.*)")
SHORTEST = 2  # characters of a reason


class Pause(Exception):  # noqa: N818  # no mistake: the person goes away
    """The person pauses; all answers are kept."""


class Back(Exception):  # noqa: N818
    """The person wants the question before; with an argument, only out of one item of a group."""


class Skip(Exception):  # noqa: N818
    """The person skips a question, with a reason."""


def typed(terminal: Terminal, question: str) -> str:
    """A line, unless it is a word to the walk: Pause, Back, Skip with a reason (asked for if it lacks)."""
    text = terminal.line(question)
    if text is None or fold(text).casefold() in ("p", "暂停"):
        raise Pause
    if fold(text).casefold() in ("b", "返回"):
        raise Back
    word, _, reason = fold(text).partition(" ")
    if word.casefold() in ("s", "跳过"):
        if len(reason.strip()) >= SHORTEST:
            raise Skip(reason.strip())
        terminal.say("Say why: s REASON")
        return typed(terminal, question)
    return text


def coded(field: Field, text: str, codes: Sequence[str]) -> str:
    """The codes whose numbers were typed; anything else as it is."""
    numbers = numbers_in(text) if codes else None
    if not numbers or not all_in(numbers, codes) or (len(numbers) > 1 and not field.multiple):
        return text
    return "、".join(codes[n - 1] for n in numbers)


def numbers_in(text: str) -> list[int] | None:
    """The numbers of a list like `3 5` or `3，5`; nothing if it is no such list."""
    parts = _BETWEEN.sub(" ", fold(text)).split()
    return [int(part) for part in parts] if all(p.isdecimal() for p in parts) else None


def numbers_first(text: str) -> tuple[list[int], str]:
    """`3 5 locked` as the numbers and the rest."""
    found = _FIRST.match(fold(text))
    return (numbers_in(found[1]) or [], found[2]) if found else ([], text)


def all_in(numbers: Sequence[int], things: Sequence[object]) -> bool:
    return all(1 <= n <= len(things) for n in numbers)
