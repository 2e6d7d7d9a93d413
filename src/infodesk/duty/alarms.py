"""Alarms: the incident that one opens or joins, and the later entry that shows that all is mended."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from infodesk.duty.facts import assets_of
from infodesk.duty.judge import Draft
from infodesk.duty.room import DutyRoom
from infodesk.duty.write import How, find_entry, move
from infodesk.errors import InfodeskError
from infodesk.model.entry import GAPS, Answers, Breach, Entry, Key, Kind
from infodesk.model.expression import Node, all_values
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.store.entries import entries, open_entries
from infodesk.text.folding import key as folded
from infodesk.text.message import Message, Title


def alarms_of(breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """The alarms among what was found."""
    return tuple(each for each in breaches if each.level is Level.ALARM)


def keys_of(room: DutyRoom, book: Logbook, breach: Breach, at: datetime) -> frozenset[Key]:
    """The questions that a breach rests on: what is asked when it is inspected again."""
    if breach.key.field:
        computed = book.field_by_id[breach.key.field].computed
        if computed is None:
            return frozenset({breach.key})
        return frozenset(_named(room, book, computed, breach.key.asset, at))
    check = next((each for each in book.checks if each.id == breach.check), None)
    if check is None:
        return frozenset()
    return frozenset(_named(room, book, check.check, breach.key.asset, at))


def _named(room: DutyRoom, book: Logbook, node: Node, asset: str, at: datetime) -> Iterator[Key]:
    for name in {value.id for value in all_values(node)}:
        field = book.field_by_id.get(name)
        for each in assets_of(room, field, at) if field else ():
            if not asset or not each or each == asset:
                yield Key(name, each)


def again_draft(room: DutyRoom, entry: Entry) -> Draft:
    """A draft that asks again what gave the alarms of an entry, about the same. InfodeskError if it gave none."""
    book = room.definitions.logbook_by_id[entry.first.book]
    alarms = alarms_of(entry.last.breaches)
    only = [keys_of(room, book, each, entry.first.occurred_at) for each in alarms]
    if not any(only):
        raise InfodeskError(
            Message("{entry} gave no alarm that could be inspected again", entry=entry.id)
        )
    about = {name: entry.answers[Key(name)] for name in book.about if Key(name) in entry.answers}
    return Draft(book, about, room.now, again=entry.id, only=frozenset().union(*only))


def asset_of(book: Logbook, breach: Breach, answers: Answers) -> str:
    """The asset an alarm is about: the one asked of, else the one the entry is about."""
    if breach.key.asset:
        return breach.key.asset
    about = (name for name in book.about if book.field_by_id[name].type is Type.ASSET)
    return next((answers.get(Key(name), "") for name in about), "")


def name_of(book: Logbook, breach: Breach) -> Title:
    """What is in alarm, as an incident calls it."""
    if breach.key.field:
        return book.field_by_id[breach.key.field].label
    check = next((each for each in book.checks if each.id == breach.check), None)
    return check.message if check else Title(breach.check)


def open_incident(room: DutyRoom, book: Logbook, breach: Breach, answers: Answers) -> Entry | None:
    """The incident that is open already for the same item of the same asset."""
    incidents = _incidents(room, book)
    if incidents is None:
        return None
    asset, name = asset_of(book, breach, answers), name_of(book, breach)
    for each in open_entries(room.store, incidents):
        said = folded(" ".join(each.answers.values()))
        is_same = any(folded(text) in said for text in (name.zh, name.en) if text)
        if is_same and (not asset or asset in each.answers.values()):
            return each
    return None


def _incidents(room: DutyRoom, book: Logbook) -> Logbook | None:
    if book.on_alarm is None:
        return None
    link = book.field_by_id[book.on_alarm.link]
    return room.definitions.logbook_by_id.get(link.book or "")


def incident_draft(
    room: DutyRoom, book: Logbook, breach: Breach, answers: Answers, finding: str
) -> Draft | None:
    """The incident that an alarm opens; `finding` says in words what was found. Nothing if it opens none."""
    incidents = _incidents(room, book)
    if incidents is None or book.on_alarm is None:
        return None
    assets = room.definitions.assets.by_id
    asset = asset_of(book, breach, answers)
    place = asset_of(book, replace(breach, key=Key("")), answers) or asset
    title = str(assets[place].title) if place in assets else place
    words = {"asset": asset, "place": title or str(book.title), "finding": finding}
    given = {name: _filled(text, words) for name, text in book.on_alarm.answers}
    return Draft(incidents, {name: text for name, text in given.items() if text}, room.now)


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def prove(room: DutyRoom, book: Logbook, newer: Entry) -> tuple[Entry, ...]:
    """Take the open entries by their proof, of which the newer one, or one before it, shows all alarms mended."""
    if book.on_alarm is None or not book.on_alarm.proof:
        return ()
    name, moved = book.on_alarm.proof, []
    for each in open_entries(room.store, book):
        possible = {step.id for step in book.lifecycle.moves_from(each.last.state)}
        if each.id == newer.id or name not in possible or not _is_mended(room, book, each, newer):
            continue
        whole = find_entry(room, each.id)
        if move(room, whole, name, {}, How(reason=newer.id)).line is not None:
            moved.append(find_entry(room, each.id))
    return tuple(moved)


def _is_mended(room: DutyRoom, book: Logbook, old: Entry, newer: Entry) -> bool:
    if not old.first.occurred_at < newer.first.occurred_at:
        return False
    later = [
        each
        for each in entries(room.store, book.id, old.first.occurred_at)
        if each.first.kind is Kind.ENTRY and each.id != old.id and _is_about_same(book, old, each)
    ]
    return all(_is_off(room, book, old, alarm, later) for alarm in alarms_of(old.last.breaches))


def _is_about_same(book: Logbook, one: Entry, other: Entry) -> bool:
    return all(one.answers.get(Key(n)) == other.answers.get(Key(n)) for n in book.about)


def _is_off(room: DutyRoom, book: Logbook, old: Entry, alarm: Breach, later: list[Entry]) -> bool:
    """Whether the last entry that speaks of it finds no alarm there."""
    keys = keys_of(room, book, alarm, old.first.occurred_at)
    speaking = [each for each in later if keys and keys <= each.answers.keys()]
    if not speaking:
        return False
    check = "" if alarm.check in GAPS else alarm.check
    found = alarms_of(speaking[-1].last.breaches)
    return not any(each.key == alarm.key and each.check == check for each in found)
