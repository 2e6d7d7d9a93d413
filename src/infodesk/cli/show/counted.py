"""How many of something there are: English says one of them otherwise."""

from infodesk.text.message import Message

_ONE_AND_MANY = {
    "forms": (Message("1 form"), Message("{n} forms")),
    "items": (Message("1 item"), Message("{n} items")),
    "rules": (Message("1 rule"), Message("{n} rules")),
    "indicators": (Message("1 indicator"), Message("{n} indicators")),
    "logbooks": (Message("1 logbook"), Message("{n} logbooks")),
    "reports": (Message("1 report"), Message("{n} reports")),
}


def counted(name: str, n: int) -> Message:
    """`1 report`, `2 reports`."""
    one, many = _ONE_AND_MANY[name]
    return one if n == 1 else Message(many.template, n=n)
