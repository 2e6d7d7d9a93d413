"""A resubmission against the version before: whether it says the same, and what differs."""

from collections.abc import Iterator, Mapping

from infodesk.model.submission import Change, Given, Row, Stored, Submission
from infodesk.stats.desk import Desk
from infodesk.store.submissions import Reception, cover_of, notes_of, rows_of


def is_same(desk: Desk, given: Given, before: Submission, reception: Reception) -> bool:
    """Whether a resubmission says what the version before said, to the last remark and signature."""
    form = desk.definitions.form_by_id[given.part.form]
    old = {row.row: dict(row.values) for row in rows_of(desk.store, before, form)}
    new = {row.row: _all_items(row, old.get(row.row, {})) for row in given.rows}
    return (
        old == new
        and before.nil == given.nil
        and before.sender == reception.sender
        and notes_of(desk.store, before) == dict(given.notes)
        and cover_of(desk.store, before) == dict(reception.cover)
    )


def _all_items(row: Row, old: Mapping[str, Stored]) -> dict[str, Stored]:
    """A row's answers, with a blank for every item that it does not speak of."""
    blank: dict[str, Stored] = dict.fromkeys(old)
    return blank | dict(row.values)


def changes_since(desk: Desk, given: Given, before: Submission | None) -> Iterator[Change]:
    """Cell by cell, what differs from the version before."""
    if before is None:
        return
    form = desk.definitions.form_by_id[given.part.form]
    old = {row.row: row.values for row in rows_of(desk.store, before, form)}
    new = {row.row: row.values for row in given.rows}
    for row in sorted(old.keys() | new.keys()):
        for item in form.section(given.part.section).items:
            was, now = old.get(row, {}).get(item.id), new.get(row, {}).get(item.id)
            if was != now:
                yield Change(given.part, row, item.id, was, now)
