"""GEN-015 to GEN-018: numbers unlike a unit's own past. One finding for each unit that lists its items."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from infodesk.expr.evaluate import round_half_up
from infodesk.model.finding import Cell, Finding, Identity
from infodesk.model.form import Form
from infodesk.model.item import Item, Type
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Part
from infodesk.stats.look import Look
from infodesk.stats.past_numbers import PastNumbers, Record, before, past_numbers
from infodesk.stats.written import decimal_text
from infodesk.store.store import Store
from infodesk.store.values import months_known
from infodesk.text.message import Message

WHOLE = 100  # percent
Key = tuple[str, str]  # unit, row


@dataclass(frozen=True)
class _Odd:
    """A number that a unit is asked about, and what is said of it; `row` is empty where rows are added up."""

    rule: str
    key: Key
    form: Form
    item: Item
    now: Fraction
    words: Message


def against_past(look: Look, store: Store, forms: Iterable[Form]) -> Iterator[Finding]:
    """The findings of a period; they only inform until a unit has a long enough history."""
    grouped: dict[Identity, list[_Odd]] = {}
    for form in forms:
        count = look.definitions.settings.general.median_periods
        for each in _odd(look, past_numbers(store, form, look.period, count)):
            grouped.setdefault(_identity(look, each), []).append(each)
    known = months_known(store, look.period)
    for identity, found in grouped.items():
        is_grown = known.get(identity.unit, 0) >= look.definitions.settings.general.history
        yield Finding(
            identity,
            Severity.WARNING if is_grown else Severity.INFO,
            Message("{parts}", parts=list(dict.fromkeys(each.words for each in found))),
            cells=tuple(_cell(look, each) for each in found),
        )


def _identity(look: Look, odd: _Odd) -> Identity:
    """A copy is one of a record; the others are asked of a unit once, whatever its forms."""
    unit, row = odd.key
    if odd.rule == "GEN-017":
        return Identity(look.period, odd.form.id, unit, row, odd.rule)
    return Identity(look.period, "", unit, "", odd.rule)


def _cell(look: Look, odd: _Odd) -> Cell:
    unit, row = odd.key
    number = decimal_text(odd.now)
    section = odd.form.section_of(odd.item.id).id
    found = look.submissions.get(Part(odd.form.id, section, unit))
    if found is None:
        return Cell(odd.item.id, odd.form.id, number, period=look.period)
    place = found.cells.get(row, {}).get(odd.item.id)
    return Cell(odd.item.id, odd.form.id, number, found.file, place, found.sender, look.period)


def _odd(look: Look, numbers: PastNumbers) -> Iterator[_Odd]:
    """All that is odd in a form; what is wrong by an order of magnitude is no large change besides."""
    limits = look.definitions.settings.general
    jumps = [odd for key, now in numbers.records() for odd in _jumps(look, numbers, key, now)]
    yield from jumps
    for key, now in numbers.records():
        yield from _copied(look, numbers, key, now)
    asked = {(odd.key[0], odd.item) for odd in jumps}
    year, month = look.period.year_before(), look.period.previous()
    changes = [
        *_changes(look, numbers, "GEN-015", month, limits.month_change),
        *_changes(look, numbers, "GEN-016", year, limits.year_change),
    ]
    yield from (odd for odd in changes if (odd.key[0], odd.item) not in asked)


def _jumps(look: Look, numbers: PastNumbers, key: Key, now: Record) -> Iterator[_Odd]:
    """GEN-018: many times the median of the last periods, a small part of it, or fallen to 0."""
    limits = look.definitions.settings.general
    periods = before(look.period, limits.median_periods)
    for item in numbers.items:
        records = (numbers.of(period, key) for period in periods)
        known = [record[item.id] for record in records if item.id in record]
        if item.id not in now or not known or median(known) < limits.median_least:
            continue
        usual, number = median(known), now[item.id]
        if number < 0 or min(known) < 0:
            continue  # where losses and profits are usual, no order of magnitude is
        is_low = number * limits.median_times <= usual
        if is_low or number >= usual * limits.median_times:
            words = _jump_words(item, number, usual, len(known))
            yield _Odd("GEN-018", key, numbers.form, item, number, words)


def _jump_words(item: Item, now: Fraction, usual: Fraction, count: int) -> Message:
    label, middle = item.label, _short(usual)
    if now == 0:
        return Message(
            "{item} fell to 0, median of {n} periods {usual}", item=label, n=count, usual=middle
        )
    return Message(
        "{item} {now}, median of {n} periods {usual}",
        item=label, now=_short(now), n=count, usual=middle,
    )  # fmt: skip


def _copied(look: Look, numbers: PastNumbers, key: Key, now: Record) -> Iterator[_Odd]:
    """GEN-017: most of what is not 0 is what the period before said."""
    limits, earlier = look.definitions.settings.general, look.period.previous()
    then = numbers.of(earlier, key)
    filled = [item for item in numbers.flows if now.get(item.id) or then.get(item.id)]
    same = [item for item in filled if now.get(item.id) == then.get(item.id)]
    if len(filled) < limits.same_items or len(same) * WHOLE < len(filled) * limits.same_share:
        return
    words = Message(
        "{same} of {n} items are the same as in {period}",
        same=len(same), n=len(filled), period=earlier,
    )  # fmt: skip
    for item in same:
        yield _Odd("GEN-017", key, numbers.form, item, now[item.id], words)


def _changes(
    look: Look, numbers: PastNumbers, rule: str, earlier: Period, most: int
) -> Iterator[_Odd]:
    """GEN-015 and GEN-016: the mean of a day changed by much, between two periods that are not unusual."""
    calendar = look.definitions.calendar
    if calendar.is_unusual(look.period) or calendar.is_unusual(earlier):
        return
    now, then = numbers.by_unit(look.period), numbers.by_unit(earlier)
    for item in numbers.flows:
        floor = _floor(
            look, item, sum((each.get(item.id, Fraction(0)) for each in now.values()), Fraction(0))
        )
        for unit, record in now.items():
            base, number = then.get(unit, {}).get(item.id), record.get(item.id)
            days = _days_of(look, numbers, unit, earlier)
            # A loss that becomes a profit has no percentage.
            if days is None or base is None or number is None or base * number < 0 or not base:
                continue
            expected = base * days
            moved = number - expected
            if abs(moved) > floor and abs(moved) * WHOLE > abs(expected) * most:
                words = _change_words(item, number, (earlier, base), moved / abs(expected))
                yield _Odd(rule, (unit, ""), numbers.form, item, number, words)


def _days_of(look: Look, numbers: PastNumbers, unit: str, earlier: Period) -> Fraction | None:
    """The days of this period for each of the earlier one, as the unit counts them."""
    calendar, known = look.definitions.calendar, look.definitions.units.by_id[unit]
    now, then = (numbers.days(each, calendar, known) for each in (look.period, earlier))
    return Fraction(now, then) if now and then else None


def _floor(look: Look, item: Item, total: Fraction) -> Fraction:
    """What a change must be more than: a count, or of money a part of the hospital's total."""
    limits = look.definitions.settings.general
    if item.type is Type.MONEY:
        return abs(total) * limits.least_money / WHOLE
    return Fraction(limits.least_count)


def _change_words(
    item: Item, now: Fraction, then: tuple[Period, Fraction], share: Fraction
) -> Message:
    period, base = then
    return Message(
        "{item} {now}, {period} {base}: {change} % a day",
        item=item.label, now=_short(now), period=period, base=_short(base),
        change=f"{round_half_up(share * WHOLE, 2):+}",
    )  # fmt: skip


def _short(number: Fraction) -> str:
    """A number with two decimals at most, and none if it is whole."""
    return f"{number}" if number.denominator == 1 else f"{round_half_up(number, 2)}"
