"""The logbooks in use, and the assets and people they speak of."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from infodesk.config.build_fields import Place
from infodesk.config.build_forms import Surroundings
from infodesk.config.build_hands import build_assets, build_people, with_limits
from infodesk.config.build_logbooks import build_logbook
from infodesk.config.files import ASSETS, PEOPLE
from infodesk.config.loader import Loader
from infodesk.config.shapes_hands import AssetsShape, PeopleShape
from infodesk.config.shapes_hospital import ConfigShape
from infodesk.config.shapes_logbook import LogbookShape
from infodesk.config.source import Source
from infodesk.model.asset import Assets
from infodesk.model.logbook import Field, Logbook
from infodesk.model.people import People
from infodesk.text.folding import key
from infodesk.text.message import Message

FIRST_DAY = date(2026, 1, 1)  # of schedules, where neither they nor the settings say one


# What the store's own tables and views are called: no logbook's view can be called so too.
TAKEN = frozenset({
    "asset", "audit", "confirmed_place", "current_entry", "current_submission", "definition", "entry", "explanation",
    "finding", "item", "opening", "original", "person", "release", "remark", "returned", "returned_finding",
    "returned_submission", "round", "setting", "submission", "unit", "workbook",
})  # fmt: skip


@dataclass(frozen=True)
class Hands:
    """Who and what logbooks speak of, and the files that say so."""

    assets: Assets
    people: People
    assets_source: Source
    assets_shape: AssetsShape | None


@dataclass(frozen=True)
class LogbookFile:
    """A logbook and where it stands."""

    source: Source
    shape: LogbookShape
    book: Logbook


def load_hands(loader: Loader) -> Hands:
    """assets.yaml and people.yaml, of the workspace or of the starter hospital."""
    assets_source, assets = loader.one(ASSETS, AssetsShape)
    people_source, people = loader.one(PEOPLE, PeopleShape)
    return Hands(
        Assets() if assets is None else build_assets(assets_source, assets),
        People() if people is None else build_people(people_source, people),
        assets_source,
        assets,
    )


def load_logbooks(
    loader: Loader,
    config: tuple[Source, ConfigShape],
    hands: Hands,
    around: Surroundings,
    forms: Collection[str],
) -> tuple[list[LogbookFile], Hands]:
    """The logbooks in use, in the order of the settings or of their files; the assets with their limits.

    `forms` are the ids of forms, which no logbook may have too.
    """
    config_source, settings = config
    before = len(loader.sources)
    read = [(source, shape) for _, source, shape in loader.each("logbooks", LogbookShape)]
    ids = tuple(_ids(loader.sources[before:]))
    place = Place(around, hands.assets, hands.people, ids)
    first = settings.logbooks_since or _first_day(settings)
    order = ids if settings.logbooks is None else tuple(settings.logbooks)
    files = [
        LogbookFile(source, shape, build_logbook(source, shape, place, first))
        for source, shape in read
        if shape.id in order
    ]
    files.sort(key=lambda each: order.index(each.book.id))
    _check(files)
    _check_names(files)
    _check_alarms(files)
    for each in files:
        if each.book.id in TAKEN:
            message = Message("the store calls something of its own {id}", id=each.book.id)
            each.source.note(("id",), message)
        if each.book.id in forms:
            each.source.note(("id",), Message("a form is called {id} already", id=each.book.id))
    for n, name in enumerate(settings.logbooks or ()):
        if name not in ids:
            config_source.note_stranger(("logbooks", n), name, ids)
    elsewhere = {field.id for _, shape in read if shape.id not in order for field in shape.fields}
    is_whole = len(read) == len(loader.sources) - before
    return files, _limited(hands, files, elsewhere if is_whole else None)


def _first_day(settings: ConfigShape) -> date:
    return settings.first_period.start if settings.first_period else FIRST_DAY


def _ids(sources: list[Source]) -> list[str]:
    """The ids of logbooks, also of those with mistakes."""
    return [str(s.data["id"]) for s in sources if isinstance(s.data, dict) and s.data.get("id")]


def _check(files: list[LogbookFile]) -> None:
    for which in ("id", "prefix"):
        seen: dict[str, Source] = {}
        for each in files:
            name = getattr(each.shape, which)
            if name in seen:
                message = Message(
                    "{id} is declared twice, also in {file}", id=name, file=seen[name].file
                )
                each.source.note((which,), message)
            seen.setdefault(name, each.source)


def _check_names(files: list[LogbookFile]) -> None:
    """That no two logbooks are called the same: a command would take the first."""
    seen: dict[str, LogbookFile] = {}
    for each in files:
        for n, alias in enumerate(each.shape.aliases):
            other = seen.get(key(alias))
            if other is not None and other is not each:
                message = Message("{file} is called {name} too", file=other.source.file, name=alias)
                each.source.note(("aliases", n), message)
        seen |= {key(name): each for name in each.book.names()}


def _check_alarms(files: list[LogbookFile]) -> None:
    """That what an alarm says in another logbook has its field there; one not in use is left alone."""
    books = {each.book.id: each.book for each in files}
    for each in files:
        alarm = each.book.on_alarm
        link = each.book.field_by_id.get(alarm.link) if alarm else None
        there = books.get(link.book or "") if link else None
        for name, _ in alarm.answers if alarm and there else ():
            if there and name not in there.field_by_id:
                path = ("on_alarm", "answers", name)
                each.source.note_stranger_key(path, name, there.field_by_id)


def _limited(hands: Hands, files: list[LogbookFile], elsewhere: Collection[str] | None) -> Hands:
    """The assets with their limits. Limits of fields `elsewhere`, in logbooks that are not in use, are left
    alone; so is every unknown field if some logbook could not be read."""
    if hands.assets_shape is None:
        return hands
    fields: dict[str, list[Field]] = {}
    for each in files:
        for field in each.book.fields:
            fields.setdefault(field.id, []).append(field)
    known = (hands.assets_source, hands.assets_shape)
    assets = with_limits(known, hands.assets, fields, elsewhere)
    return replace(hands, assets=assets)
