"""What the hospital has, as views beside the logbooks': `asset` and `person`, for the questions in SQL."""

from collections.abc import Iterator, Sequence
from datetime import date

from infodesk.expr.sql import literal
from infodesk.model.definitions import Definitions

Row = tuple[str | None, ...]


def hands_views(definitions: Definitions) -> Iterator[str]:
    """The statements that make them. Titles are in the hospital's language; days are texts, none is NULL."""
    yield _view("asset", ("id", "title", "kind", "since", "until"), assets(definitions))
    yield _view("person", ("id", "name", "until"), people(definitions))


def assets(definitions: Definitions) -> tuple[Row, ...]:
    """A row for each asset."""
    is_english = definitions.settings.language == "en"
    return tuple(
        (
            asset.id,
            (asset.title.en if is_english else asset.title.zh) or asset.title.zh or asset.title.en,
            asset.kind,
            _day(asset.since),
            _day(asset.until),
        )
        for asset in definitions.assets.assets
    )


def people(definitions: Definitions) -> tuple[Row, ...]:
    """A row for each person of the department; never a post, nor anything secret."""
    return tuple(
        (person.id, person.name, _day(person.until)) for person in definitions.people.people
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _view(name: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    blank = f"SELECT {', '.join(f'NULL AS {column}' for column in columns)} WHERE 0"
    lines = [
        f"SELECT {', '.join('NULL' if v is None else literal(v) for v in row)}" for row in rows
    ]
    return f"CREATE VIEW {name} AS {' UNION ALL '.join([blank, *lines])}"
