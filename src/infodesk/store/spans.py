"""A longer period's records made from those of the shorter periods in it, each item by its `over_time`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infodesk.expr.sql import identifier, literal
from infodesk.model.expression import When
from infodesk.model.form import Form
from infodesk.model.item import Item, OverTime
from infodesk.model.period import Period
from infodesk.model.submission import Part, Stored
from infodesk.store.store import Store
from infodesk.store.tables import arrived, record_view

AT_END = (
    "record@end"  # 1 if the record is there at the period's end, else 0: what row_count() counts
)
Answers = dict[str, Stored]
Key = tuple[str, str]  # unit, row


@dataclass(frozen=True)
class Span:
    """A shorter period within a longer one: the parts owed in it, and those of them that are accepted."""

    period: Period
    owed: frozenset[Part]
    accepted: frozenset[Part]


Spans = Mapping[When, Sequence[Span]]  # those of a period, and of the earlier ones rules look at


def waiting(spans: Sequence[Span], part: Part) -> tuple[Period, ...]:
    """The shorter periods in which a part is owed and not accepted."""
    return tuple(s.period for s in spans if part in s.owed and part not in s.accepted)


def complete_parts(spans: Sequence[Span]) -> frozenset[Part]:
    """The parts that are accepted in every shorter period that owes them."""
    owed = frozenset(part for span in spans for part in span.owed)
    return frozenset(part for part in owed if not waiting(spans, part))


def joined_records(store: Store, form: Form, spans: Sequence[Span]) -> Iterator[Answers]:
    """The records of a form over all spans, in order of time; a part that is not complete is blank.

    A sum is unknown if it is in one of the spans. A record that is not there at the start (or the end)
    starts (or ends) with 0.
    """
    found = [_records(store, form, span.period) for span in spans]
    complete = complete_parts(spans)
    for unit, row in dict.fromkeys(key for records in found for key in records):
        each = [records.get((unit, row)) for records in found]
        record: Answers = {"unit": unit, "row": row, AT_END: int(each[-1] is not None)}
        for section in form.sections:
            if Part(form.id, section.id, unit) not in complete:
                continue
            record[arrived(section.id)] = 1
            record |= {item.id: _joined(item, each) for item in section.items}
        yield record


def _records(store: Store, form: Form, period: Period) -> dict[Key, Answers]:
    query = (
        f"SELECT * FROM {identifier(record_view(form.id))} WHERE period = {literal(str(period))}"
    )
    found = store.connection.execute(query)
    names = [column[0] for column in found.description]
    rows = (dict(zip(names, row, strict=True)) for row in found)
    return {(row["unit"], row["row"]): row for row in rows}


def _joined(item: Item, each: Sequence[Answers | None]) -> Stored:
    there = [record[item.id] for record in each if record is not None]
    match item.over_time:
        case OverTime.SUM:
            numbers = [n for n in there if isinstance(n, int | float)]
            return sum(numbers) if len(numbers) == len(there) else None
        case OverTime.FIRST:
            return _at(item, each[0])
        case OverTime.LAST:
            return _at(item, each[-1])
        case OverTime.NONE:
            return None if item.is_numeric and len(each) > 1 else there[-1]


def _at(item: Item, record: Answers | None) -> Stored:
    if record is None:
        return 0 if item.is_numeric else None
    return record[item.id]
