"""The official numbers: accepted answers added up, indicators divided last, each with its coverage."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from infodesk.expr.evaluate import Known, Unknown, evaluate, round_half_up
from infodesk.model.expression import Arithmetic, Node, Number, Value, aggregates, all_values
from infodesk.model.figure import Figure, Flag
from infodesk.model.finding import State
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, added
from infodesk.stats.change import Change, change_between
from infodesk.stats.lineage import as_now
from infodesk.stats.totals import Totals


def item_figure(
    found: Accepted, form: Form, item: Item, scope: Unit, row: str | None = None
) -> Figure:
    """The total of an item over the accepted units within a scope; of one row, if it is named."""
    section = form.section_of(item.id)
    expected = found.expected(form.id, section.id, scope)
    counted = [unit for unit in expected if found.is_accepted(form.id, section.id, unit)]
    answers = [found.answer(item, form.id, unit, row) for unit in counted]
    known = [answer for answer in answers if answer is not None]
    total = added(known) if known and item.adds_up else None
    if not item.adds_up and len(known) == 1 and len(expected) == 1:
        total = known[0]
    flags = _flags(
        found, [(form.id, section.id, unit) for unit in expected], len(counted) < len(expected)
    )
    figure = Figure(
        item.id,
        "item",
        found.period,
        scope.id,
        form.id,
        row,
        exact=None if total is None else Fraction(total),
        value=None if total is None else round_half_up(total, item.decimals),
        received=len(counted),
        expected=len(expected),
        flags=flags,
    )
    return found.official(figure)


def indicator_figures(found: Accepted, indicator: Indicator, scope: Unit) -> Iterator[Figure]:
    """An indicator of a scope; one about rows gives a figure for each."""
    if not indicator.per_row:
        yield indicator_figure(found, indicator, scope)
        return
    for row in Totals(found, indicator, scope).rows():
        yield indicator_figure(found, indicator, scope, row)


def indicator_figure(
    found: Accepted, indicator: Indicator, scope: Unit, row: str | None = None
) -> Figure:
    """An indicator of a scope, or of one row in it: totals first, over the units of which every part it needs is accepted."""
    if indicator.growth_of is not None:
        return found.official(_growth(found, indicator, scope, row))
    totals = Totals(found, indicator, scope, row)
    value = evaluate(indicator.formula, totals)
    exact = None if isinstance(value, Unknown | str | bool) else Fraction(value)
    top, bottom = _ratio(indicator.formula)
    flags = list(_flags(found, totals.parts, totals.received < totals.expected))
    if exact is not None and not _is_plausible(indicator, exact, scope, found):
        flags.append("range")
    figure = Figure(
        indicator.id,
        "indicator",
        found.period,
        scope.id,
        row=row,
        exact=exact,
        value=None if exact is None else round_half_up(exact, indicator.decimals),
        numerator=_plain(None if top is None else evaluate(top, totals)),
        denominator=_plain(None if bottom is None else evaluate(bottom, totals)),
        received=totals.received,
        expected=totals.expected,
        flags=tuple(flags),
    )
    return found.official(figure)


def _growth(found: Accepted, indicator: Indicator, scope: Unit, row: str | None) -> Figure:
    """How much another figure grew in a year, with the coverage of that figure; no value without a base."""
    now, base = grown_from(found, indicator, scope, row)
    grown = change_between(now, base) if base is not None else Change(why="missing")
    then = None if base is None else base.exact
    is_missing = now.exact is None or now.received < now.expected
    flags: list[Flag] = [flag for flag in now.flags if flag != "range"]
    if grown.exact is None and not is_missing:
        flags.append("no_base")
    elif grown.exact is not None and not _is_plausible(indicator, grown.exact, scope, found):
        flags.append("range")
    return replace(
        now,
        id=indicator.id,
        kind="indicator",
        form=None,
        row=row,
        exact=grown.exact,
        value=None if grown.exact is None else round_half_up(grown.exact, indicator.decimals),
        numerator=_plain(None if then is None or now.exact is None else now.exact - then),
        denominator=_plain(then),
        flags=tuple(flags),
        release=None,
    )


def grown_from(
    found: Accepted, indicator: Indicator, scope: Unit, row: str | None = None
) -> tuple[Figure, Figure | None]:
    """The figure that grows, and the same of the year before with its units as they are today, if it is known."""
    earlier = year_before(found, scope)
    return (
        _growing(found, indicator, scope, row),
        None if earlier is None else _growing(earlier, indicator, scope, row),
    )


def year_before(found: Accepted, scope: Unit) -> Accepted | None:
    """The year before with its units as they are today; nothing if the store holds nothing of it, or they were split."""
    period = found.period.year_before()
    if not found.past.is_known(period):
        return None
    return as_now(found.past.of(period), scope, found.period)


def _growing(found: Accepted, indicator: Indicator, scope: Unit, row: str | None) -> Figure:
    of = indicator.growth_of
    if isinstance(of, Value):
        return item_figure(found, found.desk.definitions.form_by_id[of.form], of.item, scope)
    return indicator_figure(found, of or indicator, scope, row)


def figures(found: Accepted, scopes: Iterable[Unit]) -> Iterator[Figure]:
    """Every item and indicator of these scopes that applies to them."""
    definitions = found.desk.definitions
    shorter = found.period.months
    forms = [form for form in definitions.forms if form.frequency.months <= shorter]
    for scope in scopes:
        is_root = scope.parent is None
        for form in forms:
            for item in form.items():
                if item.is_numeric and found.expected(form.id, form.section_of(item.id).id, scope):
                    yield item_figure(found, form, item, scope)
        for indicator in definitions.indicators:
            if (is_root or indicator.per_unit) and applies(found, indicator, scope):
                yield from indicator_figures(found, indicator, scope)


def applies(found: Accepted, indicator: Indicator, scope: Unit) -> bool:
    """Whether the scope owes every form that an indicator speaks of; one about rows needs them in this period."""
    forms = found.desk.definitions.form_by_id
    values = {value for node in aggregates(indicator.formula) for value in all_values(node)}
    months = found.period.months
    if indicator.per_row and any(forms[v.form].frequency.months > months for v in values):
        return False
    return all(
        found.expected(value.form, forms[value.form].section_of(value.id).id, scope)
        for value in values
    )


def _ratio(formula: Node) -> tuple[Node | None, Node | None]:
    """Numerator and denominator, where the formula is a quotient (times a constant)."""
    match formula:
        case Arithmetic("/", left, right):
            return left, right
        case Arithmetic("*", Arithmetic("/", left, right), Number()):
            return left, right
        case _:
            return None, None


def _plain(value: Known | Unknown | None) -> Decimal | None:
    """A number with six decimals at most, and none that it does not need."""
    if value is None or isinstance(value, Unknown | str | bool):
        return None
    rounded = round_half_up(value, 6).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def _is_plausible(indicator: Indicator, exact: Fraction, scope: Unit, found: Accepted) -> bool:
    if indicator.plausible is None:
        return True
    if found.desk.definitions.units.is_kind(scope, indicator.plausible.exempt):
        return True
    value = round_half_up(exact, indicator.decimals)
    return indicator.plausible.holds(value, found.period.days)


def _flags(
    found: Accepted,
    parts: list[tuple[str, str, str]],
    is_incomplete: bool,  # noqa: FBT001  # said by its name
) -> tuple[Flag, ...]:
    """What is to be known of a figure: units missing, findings that were explained, hospital-wide errors."""
    flags: list[Flag] = ["incomplete"] if is_incomplete else []
    forms = dict.fromkeys(form for form, _, _ in parts)
    findings = [f for f in found.findings(forms) if f.state is not State.CORRECTED]
    if any(f.severity is Severity.FLAGGED and set(parts) & set(f.blocks) for f in findings):
        flags.append("flagged")
    root = found.desk.definitions.units.root.id
    if any(f.severity is Severity.ERROR and f.identity.unit == root for f in findings):
        flags.append("findings")
    return tuple(flags)
