"""The sentences a template can place, by name: made by rule, nothing where there is nothing to say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from infodesk.model.figure import Figure
from infodesk.model.unit import Unit
from infodesk.reports.context import Context
from infodesk.reports.lists import noted
from infodesk.reports.measure import figure_words
from infodesk.reports.quality import completeness, counted, missing, refused, unsettled, verdict
from infodesk.stats.change import Change
from infodesk.stats.compare import Against
from infodesk.stats.measure import Measure
from infodesk.text.message import Message

SHOWN = 3  # examples a sentence names before it only counts

Known = tuple[Unit, Figure, Decimal]
Move = tuple[Measure, Change, Decimal]


def changes(context: Context, of: Sequence[str]) -> Message | None:
    """The largest rise and the largest fall of hospital-wide figures against the period before."""
    moves = sorted(_moves(context, context.measures(of)), key=lambda each: each[2])
    if not moves:
        return None
    parts = []
    if moves[-1][2] > 0:
        parts.append(_moved(Message("{measure} rose most ({change})"), moves[-1]))
    if moves[0][2] < 0:
        parts.append(_moved(Message("{measure} fell most ({change})"), moves[0]))
    if not parts:
        parts.append(Message("nothing changed"))
    before = context.period.previous().title
    return Message("Against {period}: {parts}.", period=before, parts=parts)


def _moves(context: Context, measures: Iterable[Measure]) -> Iterator[Move]:
    if not context.is_known(Against.PREVIOUS):
        return
    for measure in measures:
        (found,) = context.comparer.comparisons(measure, [Against.PREVIOUS])
        if found.change.value is not None:
            yield measure, found.change, found.change.value


def _moved(pattern: Message, move: Move) -> Message:
    measure, moved, _ = move
    return Message(pattern.template, measure=measure.title, change=moved.text)


def extremes(context: Context, of: str, kind: str) -> Message | None:
    """The units of a kind with the highest and the lowest figure."""
    measure = context.measure(of)
    known = sorted(_known(context, measure, kind), key=lambda each: each[2])
    if len(known) < 2:
        return None
    return Message(
        "{measure}: highest {highest}, lowest {lowest}.",
        measure=measure.title,
        highest=_named(context, measure, known[-1]),
        lowest=_named(context, measure, known[0]),
    )


def beyond(context: Context, of: str, kind: str, low: float, high: float) -> Message | None:
    """The units of a kind whose figure is above or below what it should be."""
    measure = context.measure(of)
    known = list(_known(context, measure, kind))
    if not known:
        return None
    above = [each for each in known if each[2] > Decimal(str(high))]
    below = [each for each in known if each[2] < Decimal(str(low))]
    unit = context.language.tell(measure.spoken_unit)
    return Message(
        "Above {high}: {above}; below {low}: {below}.",
        high=f"{high} {unit}".strip(),
        low=f"{low} {unit}".strip(),
        above=_listed(context, measure, above),
        below=_listed(context, measure, below),
    )


def unusual(context: Context) -> Message:
    """How many figures are outside their plausible range, and which."""
    found = [figure for figure in noted(context) if "range" in figure.flags]
    if not found:
        return Message("All indicators are within their plausible ranges.")
    named = [_figure(context, figure) for figure in found[:SHOWN]]
    if len(found) > SHOWN:
        named.append(Message("and {n} more", n=len(found) - SHOWN))
    return Message("Outside the plausible range ({n}): {figures}.", n=len(found), figures=named)


def _figure(context: Context, figure: Figure) -> Message:
    measure = context.measure(figure.id)
    words = figure_words(measure, figure, context.language)
    unit = context.name_of(figure.unit)
    return Message("{unit} {measure} {value}", unit=unit, measure=measure.title, value=words)


def _known(context: Context, measure: Measure, kind: str) -> Iterator[Known]:
    for unit in context.units(kind):
        figure = context.figure(measure, unit)
        if figure.value is not None:
            yield unit, figure, figure.value


def _named(context: Context, measure: Measure, known: Known) -> Message:
    unit, figure, _value = known
    words = figure_words(measure, figure, context.language)
    return Message("{unit} ({value})", unit=unit.title, value=words)


def _listed(context: Context, measure: Measure, found: list[Known]) -> list[Message] | Message:
    return [_named(context, measure, each) for each in found] or Message("none")


SENTENCES: dict[str, Callable[..., Message | None]] = {
    "beyond": beyond,
    "changes": changes,
    "completeness": completeness,
    "counted": counted,
    "extremes": extremes,
    "missing": missing,
    "refused": refused,
    "unsettled": unsettled,
    "unusual": unusual,
    "verdict": verdict,
}
