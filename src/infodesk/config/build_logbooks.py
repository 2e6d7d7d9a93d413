"""Logbooks of YAML to the model: names resolved, expressions read, rules of time checked."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from infodesk.config.build_fields import Place, build_fields
from infodesk.config.build_lifecycle import build_lifecycle
from infodesk.config.build_schedules import build_schedules
from infodesk.config.examples import check_examples
from infodesk.config.expressions import Expressions
from infodesk.config.shapes_logbook import (
    CheckShape,
    ColumnShape,
    FieldShape,
    LogbookShape,
    OnAlarmShape,
    ViewShape,
)
from infodesk.config.source import Path, Source
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node, record_values
from infodesk.model.item import NUMERIC, Code, Item, OverTime, Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Check, Field, Group, Keep, Logbook, OnAlarm, Sign, View
from infodesk.text.message import Message

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


def build_logbook(source: Source, shape: LogbookShape, place: Place, first_day: date) -> Logbook:
    """The logbook; what does not fit is noted in the source."""
    fields = build_fields(source, shape, place)
    bare = Logbook(
        id=shape.id,
        title=shape.title,
        prefix=shape.prefix,
        fields=fields,
        aliases=tuple(shape.aliases),
        clauses=tuple(shape.clauses),
        about=tuple(shape.about),
        once=tuple(shape.once),
        summary=tuple(shape.summary),
        groups=tuple(Group(g.id, g.title, g.together) for g in shape.groups),
        views=tuple(_view(source, n, each) for n, each in enumerate(shape.views)),
        columns=tuple(_column(name, each) for name, each in shape.columns.items()),
        signs=tuple(Sign(s.post, s.within, tuple(s.other_than)) for s in shape.signs),
        keep=Keep(shape.keep.years, shape.keep.source),
        source=shape.source,
        definition=hashlib.sha256(source.text.encode()).hexdigest(),
    )
    _check_names(source, shape, bare, place)
    expressions = Expressions(source, Scope({bare.id: bare}, bare, is_entry=True))
    book = replace(
        bare,
        fields=tuple(
            _with_expressions(expressions, ("fields", n), given, field)
            for n, (given, field) in enumerate(zip(shape.fields, fields, strict=True))
        ),
        checks=tuple(_checks(expressions, shape, bare)),
        schedules=tuple(
            replace(
                each, when=expressions.condition(("schedules", n, "when"), shape.schedules[n].when)
            )
            for n, each in enumerate(build_schedules(source, shape, place, first_day))
        ),
    )
    posts = tuple(post.id for post in place.people.posts)
    if shape.lifecycle is not None:
        lifecycle = build_lifecycle(expressions, shape.lifecycle, book, posts)
        book = replace(book, lifecycle=lifecycle)
    return replace(book, on_alarm=_on_alarm(source, shape.on_alarm, book))


def _on_alarm(source: Source, shape: OnAlarmShape | None, book: Logbook) -> OnAlarm | None:
    if shape is None:
        return None
    links = [each.id for each in book.fields if each.book is not None]
    if shape.link not in links:
        source.note_stranger(("on_alarm", "link"), shape.link, links)
    moves = book.lifecycle.move_by_id
    if shape.proof is not None and shape.proof not in moves:
        source.note_stranger(("on_alarm", "proof"), shape.proof, moves)
    return OnAlarm(shape.link, tuple(shape.answers.items()), shape.proof or "")


def _view(source: Source, number: int, shape: ViewShape) -> View:
    finds = None if shape.finds is None else Level(shape.finds)
    view = View(shape.id, shape.title, shape.sql, _parameters(shape.sql), finds, shape.look)
    if finds is not None and view.asks:
        message = Message(
            "a view that finds can ask for :today and :now only, not {names}", names=list(view.asks)
        )
        source.note(("views", number, "finds"), message)
    return view


def _column(name: str, shape: ColumnShape) -> Item:
    codes = tuple(Code(code, title) for code, title in shape.codes.items())
    kind = Type(shape.type)
    return Item(name, shape.label, kind, unit=shape.unit, over_time=OverTime.NONE, codes=codes)


def _parameters(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PARAMETER.findall(sql)))


def _with_expressions(
    expressions: Expressions, path: Path, shape: FieldShape, field: Field
) -> Field:
    computed = None
    if shape.computed is not None:
        if field.type in NUMERIC:
            computed = expressions.formula((*path, "computed"), shape.computed)
        elif field.type is Type.YES_NO:
            computed = expressions.condition((*path, "computed"), shape.computed)
        else:
            expressions.source.note(
                (*path, "computed"), Message("only a number or yes and no can be computed")
            )
    return replace(
        field,
        computed=computed,
        computed_text=shape.computed or "",
        required_if=expressions.condition((*path, "required_if"), shape.required_if),
        ask_if=expressions.condition((*path, "ask_if"), shape.ask_if),
    )


def _checks(expressions: Expressions, shape: LogbookShape, book: Logbook) -> Iterable[Check]:
    source = expressions.source
    seen: set[str] = set()
    for n, given in enumerate(shape.checks):
        path: Path = ("checks", n)
        if given.id in seen:
            source.note((*path, "id"), Message("{id} is declared twice", id=given.id))
        seen.add(given.id)
        node = expressions.condition((*path, "check"), given.check)
        if node is not None:
            check_examples(source, path, given, node, expressions.scope)
            each = _each(source, (*path, "check"), node, book)
            yield _check(given, node, each)


def _check(shape: CheckShape, node: Node, each: str | None) -> Check:
    return Check(shape.id, shape.severity, node, shape.check, shape.message, each, shape.source)


def _each(source: Source, path: Path, node: Node, book: Logbook) -> str | None:
    """The kind of asset an expression is asked of, one by one."""
    named = (book.field_by_id.get(value.id) for value in record_values(node))
    kinds = sorted({field.each for field in named if field is not None and field.each})
    if len(kinds) > 1:
        source.note(path, Message("it speaks of assets of several kinds: {kinds}", kinds=kinds))
    return kinds[0] if kinds else None


def _check_names(source: Source, shape: LogbookShape, book: Logbook, place: Place) -> None:
    for key in ("about", "once", "summary"):
        for n, name in enumerate(getattr(shape, key)):
            if name not in book.field_by_id:
                source.note_stranger((key, n), name, book.field_by_id)
    posts = [post.id for post in place.people.posts]
    for n, sign in enumerate(shape.signs):
        if sign.post not in (*posts, "recorder"):
            source.note_stranger(("signs", n, "post"), sign.post, ["recorder", *posts])
