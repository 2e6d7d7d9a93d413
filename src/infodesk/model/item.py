"""Items: the single questions of a form, and the types their answers have."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from infodesk.model.masking import Mask, masked
from infodesk.model.period import Period
from infodesk.text.message import Title


class Type(StrEnum):
    """What kind of value an item takes."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # yuan, two decimals
    NUMBER = "number"  # a measured real
    TEXT = "text"
    DATE = "date"  # YYYY-MM-DD
    MONTH = "month"  # YYYY-MM
    YES_NO = "yes_no"
    CODE = "code"
    UNIT = "unit"
    # of logbooks only
    TIME = "time"  # of day, HH:MM
    MOMENT = "moment"  # YYYY-MM-DDTHH:MM, in the hospital's zone
    PERSON = "person"
    ASSET = "asset"
    FILE = "file"  # path#sha256=…
    ENTRY = "entry"  # the id of an entry, of this logbook or another


OF_LOGBOOKS = frozenset({Type.TIME, Type.MOMENT, Type.PERSON, Type.ASSET, Type.FILE, Type.ENTRY})
EXACT = frozenset({Type.INTEGER, Type.DECIMAL, Type.MONEY})
NUMERIC = EXACT | {Type.NUMBER}

# The largest number of whole units an item may hold: no count or sum of money of a hospital is near it,
# and at its scale it leaves room for sums and products below 2**53, which Excel keeps exactly.
LARGEST = {Type.INTEGER: 10**9, Type.DECIMAL: 10**9, Type.MONEY: 10**12, Type.NUMBER: 10**12}


class OverTime(StrEnum):
    """How a value of a longer period follows from those of the shorter ones in it."""

    SUM = "sum"  # a flow
    FIRST = "first"  # a stock at the start
    LAST = "last"  # a stock at the end
    NONE = "none"


class Secrecy(StrEnum):
    """Who may see it, from everybody to hardly anybody."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"

    @property
    def rank(self) -> int:
        """0 for what everybody may see."""
        return list(Secrecy).index(self)

    @property
    def is_hidden(self) -> bool:
        """Whether it is kept off screens and out of chats."""
        return self in (Secrecy.CONFIDENTIAL, Secrecy.PERSONAL)

    @property
    def label(self) -> Title:
        """The mark on a page: 公开, 内部, 机密."""
        return _CLASS_MARKS[self]


_CLASS_MARKS = {
    Secrecy.PUBLIC: Title("公开", "public"),
    Secrecy.INTERNAL: Title("内部", "internal"),
    Secrecy.CONFIDENTIAL: Title("机密", "confidential"),
    Secrecy.PERSONAL: Title("机密", "confidential"),
}


def highest(classes: Iterable[Secrecy]) -> Secrecy:
    """The class of what shows several things: that of the most secret one; public if there is none."""
    return max(classes, key=lambda each: each.rank, default=Secrecy.PUBLIC)


@dataclass(frozen=True)
class Code:
    """One entry of a code list; `since` and `until` are the first and the last period it may be used in."""

    id: str
    title: Title
    since: Period | None = None
    until: Period | None = None


@dataclass(frozen=True)
class Item:
    """One question of a form.

    `decimals` are those stored: 0 for integers, 2 for money; for `number` they are the decimals to which
    a difference is rounded before it is compared with 0. `opens_with` names the item whose value in the
    period before this one starts from.
    """

    id: str
    label: Title
    type: Type
    decimals: int = 0
    unit: str = ""
    over_time: OverTime = OverTime.SUM
    adds_up: bool = True  # over units
    required: bool = True
    negative: bool = False
    secrecy: Secrecy = Secrecy.INTERNAL
    mask: Mask = Mask.ALL  # of a personal answer
    opens_with: str | None = None
    codes: tuple[Code, ...] = ()
    note: Title = field(default_factory=Title)
    since: Period | None = None
    until: Period | None = None

    def as_shown(self, text: str | None, on: date | None = None) -> str | None:
        """An answer to be shown: a personal one with its mask on. `on` is the day an age is taken at."""
        if text is None or self.secrecy is not Secrecy.PERSONAL:
            return text
        return masked(self.mask, text, on)

    @property
    def is_numeric(self) -> bool:
        """Whether it takes numbers."""
        return self.type in NUMERIC

    @property
    def is_exact(self) -> bool:
        """Whether it is kept as a scaled integer."""
        return self.type in EXACT

    @property
    def scale(self) -> int:
        """Decimals of the stored integer; 0 for anything that is not exact."""
        return self.decimals if self.is_exact else 0

    @property
    def largest(self) -> int:
        """The largest absolute value it may hold, in whole units."""
        return LARGEST.get(self.type, 0)

    def codes_in(self, period: Period) -> tuple[Code, ...]:
        """The codes that may be used in a period."""
        return tuple(code for code in self.codes if is_within(period, code.since, code.until))

    def is_asked_in(self, period: Period) -> bool:
        """Whether the item is part of its form in that period (`since` and `until` are inclusive)."""
        return is_within(period, self.since, self.until)


def is_within(period: Period, since: Period | None, until: Period | None) -> bool:
    """Whether `period` lies between two periods, both included and either left open."""
    return (since is None or since.start <= period.start) and (
        until is None or period.end <= until.end
    )
