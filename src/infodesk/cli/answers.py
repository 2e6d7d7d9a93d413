"""Answers to a logbook: from options, from files, and from the person at the terminal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from infodesk.cli.show.summary import told
from infodesk.cli.workspace import Office
from infodesk.duty.asking import to_ask
from infodesk.duty.choose import schedule_for
from infodesk.duty.judge import Draft, judge
from infodesk.duty.names import find_key
from infodesk.duty.read_answer import Reader, read_yes_no
from infodesk.duty.write import (
    How,
    Written,
    amend,
    draft_of,
    find_entry,
    find_move,
    move,
    sign,
    void,
)
from infodesk.errors import InfodeskError
from infodesk.model.entry import Key
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Field, Logbook
from infodesk.text.message import Message
from infodesk.workbooks.unreadable import UnreadableError

_AT, _FOR = ("occurred_at", "at"), ("schedule", "for")


def drafts_from(
    found: Office,
    book: str,
    given: list[str] | None,
    at: str | None,
    schedule: str | None,
    files: tuple[str | None, str | None],
    level: Level | None,
) -> Iterator[Draft]:
    """The entries to write: one for each in the file, or the one of the options."""
    chosen = found.room.book(book)
    own = pairs(given)
    for answers in _from_files(found, chosen, files) or [{}]:
        all_given = answers | own
        when = _taken(all_given, _AT) or at
        name = _taken(all_given, _FOR) or schedule
        moment = found.moment(when)
        draft = Draft(
            chosen,
            all_given,
            moment,
            schedule_for(found.room, chosen, name, moment),
            raised=level or Level.NORMAL,
        )
        yield asked_for(found, draft)


def amended(
    found: Office,
    number: str,
    step: str,
    name: str,
    given: list[str] | None,
    how: How,
    level: Level | None,
) -> tuple[Draft, Written]:
    """Say something of an entry: correct it, move it on, sign it or declare it void."""
    entry = find_entry(found.room, number)
    draft = draft_of(found.room, entry, pairs(given))
    match step:
        case "void":
            return draft, void(found.room, entry, how)
        case "sign":
            return draft, sign(found.room, entry, name, how)
        case "move":
            taken = find_move(draft.book, entry, name)
            draft = asked_for(found, replace(draft, move=taken))
            return draft, move(found.room, entry, taken.id, draft.given, how)
        case _:
            return draft, amend(found.room, entry, draft.given, how, level)


def pairs(given: list[str] | None) -> dict[str, str]:
    """`field=value` arguments; the same field twice gives two answers."""
    found: dict[str, str] = {}
    for text in given or ():
        name, sign_, value = text.partition("=")
        if not sign_:
            raise InfodeskError(
                Message("{text} is no answer", text=repr(text)), Message("write field=value")
            )
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found


def _taken(given: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((given.pop(name) for name in names if name in given), None)


def _from_files(
    found: Office, book: Logbook, files: tuple[str | None, str | None]
) -> list[dict[str, str]]:
    """The answers of a file; of a tool's report those that its definition takes."""
    from infodesk.config.answers_file import read_answers_yaml, read_json, read_stream
    from infodesk.duty.tools import from_tools, known_to

    as_json, as_yaml = files
    if as_json is not None:
        text = text_of(found, as_json)
        objects, words = read_stream(as_json, text)
        taken = from_tools(found.room, book, objects)
        if taken and words:
            found.terminal.say("{n} lines of {file} are no JSON: left out", n=words, file=as_json)
        return taken or known_to(found.room, book, as_json, read_json(as_json, text))
    return [] if as_yaml is None else read_answers_yaml(as_yaml, text_of(found, as_yaml))


def text_of(found: Office, name: str) -> str:
    """The text of a file beside the person, or of standard input (-)."""
    terminal = found.terminal
    if name == "-":
        return terminal.keys.read() if terminal.keys else ""
    path = terminal.folder / Path(name)
    if not path.is_file():
        raise InfodeskError(Message("there is no file {path}", path=name))
    from infodesk.workbooks.formats.encoding import decode

    try:
        return decode(path.read_bytes()).text
    except UnreadableError as error:
        raise InfodeskError(
            Message("{file} cannot be read: {reason}", file=name, reason=error.message), error.hint
        ) from None


def asked_for(found: Office, draft: Draft) -> Draft:
    """The draft with what the person at the terminal answers to what is missing. Nobody there: as it is."""
    done: set[Key] = set()
    while found.terminal.can_ask:
        judged = judge(found.room, draft)
        left = [key for key in to_ask(found.room, draft, judged.answers) if key not in done]
        if not left:
            break
        key = left[0]
        done.add(key)
        draft = _answered(found, draft, key)
    return draft


def _answered(found: Office, draft: Draft, key: Key) -> Draft:
    """The draft with a person's answer to a question, asked again while it cannot be taken: a password, a day ahead."""
    while True:
        given = {**draft.given, str(key): _answer(found, draft, key)}
        answered = replace(draft, given=given)
        wrong = [each for each in judge(found.room, answered).problems if each.key == key]
        if not wrong:
            return answered
        for each in wrong:
            found.terminal.tell(each.message)


def _answer(found: Office, draft: Draft, key: Key) -> str:
    """What a person answers to one question; asked again while it cannot be read, or is needed and blank."""
    field = draft.book.field_by_id[key.field]
    if field.among is not None:
        return _taken_over(found, draft, field.among)
    reader = Reader(found.room, draft.occurred_at.date())
    question = _question(found, field, key)
    while True:
        text = found.terminal.ask(question)
        read = reader.read(field, text)
        if isinstance(read, Message):
            found.terminal.tell(read)
        elif read or not field.required:
            return text
        else:
            found.terminal.say("An answer is needed here")


def _taken_over(found: Office, draft: Draft, among: str) -> str:
    """Which answers of another field somebody takes over, asked one by one; asked again while it is neither yes nor no."""
    tell = found.terminal.language
    taken = []
    for part in filter(None, draft.before.get(Key(among), "").split("\n")):
        question = tell("Take over {what}? (y/n)", what=told(found, part))
        answer = None
        while answer is None:
            answer = read_yes_no(found.terminal.ask(question))
        if answer:
            taken.append(part)
    return "\n".join(taken)


def _question(found: Office, field: Field, key: Key) -> str:
    tell = found.terminal.language.tell
    asset = found.definitions.assets.by_id.get(key.asset)
    parts = [tell(asset.title)] if asset else []
    parts.append(tell(field.label))
    if field.type is Type.YES_NO:
        parts.append("(y/n)")
    elif field.codes:
        parts.append("(" + " / ".join(f"{c.id} {tell(c.title)}" for c in field.codes) + ")")
    elif field.unit:
        parts.append(f"({field.unit})")
    return " ".join(parts)


def keys_of(found: Office, draft: Draft) -> frozenset[Key]:
    """The questions that were given an answer."""
    named = (find_key(found.room, draft.book, name) for name in draft.given)
    return frozenset(key for key in named if isinstance(key, Key))
