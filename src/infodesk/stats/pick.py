"""Picking figures by name: indicators and items, by id or by what people call them."""

from collections.abc import Iterable, Iterator

from infodesk.errors import InfodeskError
from infodesk.model.figure import Figure
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, Past, accepted
from infodesk.stats.compare import Against, Comparisons, compare
from infodesk.stats.desk import Desk
from infodesk.stats.figures import figures, indicator_figures, item_figure
from infodesk.stats.measure import Measure
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message


def pick_figures(
    desk: Desk, period: Period, scope: Unit, names: tuple[str, ...] = (), *, items: bool = False
) -> list[Figure]:
    """The figures named; all indicators (and, with `items`, all items) of a scope if none is."""
    found = accepted(desk, period)
    if not names:
        return [f for f in figures(found, [scope]) if items or f.kind == "indicator"]
    return [figure for name in names for figure in _figures(found, name, scope)]


def pick_compared(
    desk: Desk,
    period: Period,
    scope: Unit,
    names: tuple[str, ...] = (),
    against: Iterable[Against] = tuple(Against),
    *,
    items: bool = False,
) -> Comparisons:
    """The measures named compared with earlier periods; without a name what `pick_measures` takes."""
    past = Past(desk)
    measures = pick_measures(past.of(period), scope, names, items=items)
    return compare(past, period, scope, measures, against)


def pick_measures(
    found: Accepted, scope: Unit, names: tuple[str, ...] = (), *, items: bool = False
) -> list[Measure]:
    """The measures named; all indicators (and, with `items`, all items) that a scope has if none is."""
    if names:
        return [Measure(find_figure(found.desk, name)) for name in names]
    indicators = found.desk.definitions.indicator_by_id
    measures = [
        Measure(indicators[figure.id])
        for figure in figures(found, [scope])
        if figure.kind == "indicator"
    ]
    return [*_asked(found, scope), *measures] if items else measures


def _asked(found: Accepted, scope: Unit) -> Iterator[Measure]:
    for form in found.desk.definitions.forms:
        for item in form.items():
            if item.is_numeric and found.expected(form.id, form.section_of(item.id).id, scope):
                yield Measure((form, item))


def _figures(found: Accepted, name: str, scope: Unit) -> Iterator[Figure]:
    named = find_figure(found.desk, name)
    if isinstance(named, Indicator):
        yield from indicator_figures(found, named, scope)
    else:
        yield item_figure(found, *named, scope)


def find_figure(desk: Desk, name: str) -> Indicator | tuple[Form, Item]:
    """The indicator, or the item (`item` or `form.item`), of that id or label. InfodeskError if none is.

    An id is meant before a label; of several forms that have the item, the only one collected most often.
    """
    indicator = next(_indicators(desk, name), None)
    if indicator is not None:
        return indicator
    matches = list(_items(desk, name))
    wanted = key(name.rpartition(".")[2])
    matches = [match for match in matches if key(match[1].id) == wanted] or matches
    shortest = min((form.frequency.months for form, _ in matches), default=0)
    often = [match for match in matches if match[0].frequency.months == shortest]
    matches = often if len(often) == 1 else matches
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = [f"{form.id}.{item.id}" for form, item in matches]
        raise InfodeskError(
            Message("{name} stands in several forms", name=repr(name)),
            Message("write one of {names}", names=names),
        )
    raise _unknown(desk, name)


def _indicators(desk: Desk, name: str) -> Iterator[Indicator]:
    wanted = key(name)
    for indicator in desk.definitions.indicators:
        title = indicator.title
        if wanted in (key(indicator.id), key(title.zh), key(title.en)):
            yield indicator


def _items(desk: Desk, name: str) -> Iterator[tuple[Form, Item]]:
    form_name, _, item_name = name.rpartition(".")
    for form in desk.definitions.forms:
        if form_name and key(form_name) not in (
            key(form.id),
            key(form.title.zh),
            key(form.title.en),
        ):
            continue
        for item in form.items():
            names = (key(item.id), key(item.label.zh), key(item.label.en))
            if item.is_numeric and key(item_name) in names:
                yield form, item


def _unknown(desk: Desk, name: str) -> InfodeskError:
    known = [n for i in desk.definitions.indicators for n in (i.id, i.title.zh)]
    known += [
        n for form in desk.definitions.forms for i in form.items() for n in (i.id, i.label.zh)
    ]
    near = nearest(name.rpartition(".")[2], known)
    hint = Message("did you mean {near}?", near=near) if near else None
    return InfodeskError(Message("there is no indicator or item {name}", name=repr(name)), hint)
