"""Answers of a round from options, files and probes."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from infodesk.cli.answers import pairs, text_of
from infodesk.cli.show.written import key_name
from infodesk.cli.typed import SHORTEST
from infodesk.cli.wish import Wish
from infodesk.cli.workspace import Office
from infodesk.duty.judge import Judged, Problem, judge
from infodesk.duty.names import by_key, find_key
from infodesk.duty.rounds import draft_of_round, measured, save, skipped, spread
from infodesk.duty.steps import steps
from infodesk.errors import InfodeskError
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.text.message import Message


def with_given(found: Office, wish: Wish, book: Logbook, begun: Round) -> Round:
    """The round with what probes, options and a file say; kept, unless some of it cannot be read."""
    read = measured(found.room, book, begun)
    draft = draft_of_round(found.room, book, read)
    given = {**_from_file(found, wish.file), **pairs(list(wish.given))}
    plan = steps(found.room, draft, judge(found.room, draft).answers)
    given = spread(found.room, draft, given, [key for step in plan for key in step.keys])
    told = replace(read, given={**read.given, **by_key(found.room, book, given)})
    told = _without_given_gaps(found, book, told, given)
    _refuse_unread(found, book, judge(found.room, draft_of_round(found.room, book, told)), given)
    return save(found.room, _skipping(found, book, told, wish.skips))


def _skipping(found: Office, book: Logbook, told: Round, skips: tuple[str, ...]) -> Round:
    for name, why in pairs(list(skips)).items():
        key = find_key(found.room, book, name)
        if isinstance(key, Message):
            raise InfodeskError(key, Message("nothing of it was kept"))
        if len(why.strip()) < SHORTEST:
            raise InfodeskError(Message("say why {field} is skipped", field=name))
        told = skipped(told, [key], why.strip())
    return told


def _without_given_gaps(
    found: Office, book: Logbook, told: Round, given: Mapping[str, str]
) -> Round:
    keys = {find_key(found.room, book, name) for name in given}
    gaps = tuple(gap for gap in told.gaps if gap.key not in keys)
    return replace(told, gaps=gaps, measured=frozenset(k for k in told.measured if k not in keys))


def _refuse_unread(found: Office, book: Logbook, judged: Judged, given: Mapping[str, str]) -> None:
    if given and judged.problems:
        for problem in judged.problems:
            tell_problem(found, book, problem)
        raise InfodeskError(
            Message("nothing of it was kept"), Message("mend the answers and give them again")
        )


def tell_problem(found: Office, book: Logbook, problem: Problem) -> None:
    """What stands in the way, and at which question."""
    if problem.key is None:
        found.terminal.tell(problem.message)
        return
    name = key_name(found, book, problem.key)
    found.terminal.say("{field}: {message}", field=name, message=problem.message)


def _from_file(found: Office, name: str | None) -> dict[str, str]:
    from infodesk.config.answers_file import read_answers_yaml, read_csv, read_json

    if name is None:
        return {}
    text = text_of(found, name)
    match Path(name).suffix.casefold():
        case ".csv":
            entries = read_csv(text)
        case ".yaml" | ".yml":
            entries = read_answers_yaml(name, text)
        case _:
            entries = read_json(name, text)
    if len(entries) != 1:
        raise InfodeskError(
            Message("{file} holds {n} entries", file=name, n=len(entries)),
            Message("a round takes one; write several with: infodesk log add BOOK --from-json"),
        )
    return entries[0]
