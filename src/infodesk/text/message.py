"""A sentence not yet spoken, and a name in two languages: what lower rooms hand up for `Language` to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Title:
    """The Chinese and the English name of one thing; where one is missing the other stands in."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.zh or self.en


class Message:
    """An English template, which is also the key of its translation, and the values it names.

    >>> str(Message("{n} workbooks", n=3))
    '3 workbooks'
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template: str = template
        self.values: Mapping[str, object] = MappingProxyType(values)

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def __repr__(self) -> str:
        return f"Message({self.template!r}, {dict(self.values)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.template == other.template and dict(self.values) == dict(other.values)

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.values.items()))))
