"""The official numbers: accepted answers added up, indicators divided last, each with its coverage."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from infodesk.expr.evaluate import Unknown, evaluate, round_half_up
from infodesk.model.expression import Arithmetic, Node, Number, aggregates, all_values
from infodesk.model.figure import Figure, Flag
from infodesk.model.finding import State
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, added
from infodesk.stats.totals import Totals


def item_figure(found: Accepted, form: Form, item: Item, scope: Unit) -> Figure:
    """The total of an item over the accepted units within a scope."""
    section = form.section_of(item.id)
    expected = found.expected(form.id, section.id, scope)
    counted = [unit for unit in expected if found.is_accepted(form.id, section.id, unit)]
    answers = [found.answer(item, form.id, unit) for unit in counted]
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
        exact=None if total is None else Fraction(total),
        value=None if total is None else round_half_up(total, item.decimals),
        received=len(counted),
        expected=len(expected),
        flags=flags,
    )
    return found.official(figure)


def indicator_figure(found: Accepted, indicator: Indicator, scope: Unit) -> Figure:
    """An indicator of a scope: totals first, over the units of which every part it needs is accepted."""
    totals = Totals(found, indicator, scope)
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
        exact=exact,
        value=None if exact is None else round_half_up(exact, indicator.decimals),
        numerator=_plain(top, totals),
        denominator=_plain(bottom, totals),
        received=totals.received,
        expected=totals.expected,
        flags=tuple(flags),
    )
    return found.official(figure)


def figures(found: Accepted, scopes: Iterable[Unit]) -> Iterator[Figure]:
    """Every item and indicator of these scopes that applies to them."""
    definitions = found.desk.definitions
    for scope in scopes:
        is_root = scope.parent is None
        for form in definitions.forms_due(found.period):
            for item in form.items():
                if item.is_numeric and found.expected(form.id, form.section_of(item.id).id, scope):
                    yield item_figure(found, form, item, scope)
        for indicator in definitions.indicators:
            if is_root or (indicator.per_unit and _applies(found, indicator, scope)):
                yield indicator_figure(found, indicator, scope)


def _applies(found: Accepted, indicator: Indicator, scope: Unit) -> bool:
    """Whether the scope owes every form that an indicator speaks of."""
    forms = found.desk.definitions.form_by_id
    values = {value for node in aggregates(indicator.formula) for value in all_values(node)}
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


def _plain(node: Node | None, totals: Totals) -> Decimal | None:
    if node is None:
        return None
    value = evaluate(node, totals)
    if isinstance(value, Unknown | str | bool):
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
    findings = [f for f in found.checked.findings if f.state is not State.CORRECTED]
    if any(f.severity is Severity.FLAGGED and set(parts) & set(f.blocks) for f in findings):
        flags.append("flagged")
    root = found.desk.definitions.units.root.id
    forms = {form for form, _, _ in parts}
    errors = [f.identity for f in findings if f.severity is Severity.ERROR]
    if any(identity.unit == root and identity.form in forms for identity in errors):
        flags.append("findings")
    return tuple(flags)
