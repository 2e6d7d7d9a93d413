"""The numbers of a month as the demo hospital knows them: form → unit → item → value."""

ROOT = "H"  # the demo hospital itself

Row = dict[str, int | float]  # item → value; money in yuan
FormRows = dict[str, Row]  # unit → row
Month = dict[str, FormRows]  # form → units; what is asked once of the hospital is its root's

TypedRow = dict[str, int | float | str]  # item → value, words among them
Quarter = dict[str, dict[str, TypedRow]]  # form → rows of the hospital (a disease, a device)


def row_total(rows: FormRows, item: str) -> int:
    """An item added up over the units."""
    return int(sum(row[item] for row in rows.values()))


def record(month: Month, form: str) -> Row:
    """The hospital's one record of a form."""
    return month[form][ROOT]
