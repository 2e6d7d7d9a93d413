"""Telling messages and titles in Chinese or English."""

import gettext
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from infodesk.text.message import Message, Title

CODES = ("zh", "en")


@dataclass(frozen=True)
class Language:
    """One of the two languages; `tell` turns what the rooms hand up into text."""

    code: str
    catalogue: gettext.NullTranslations

    def tell(self, value: object) -> str:
        """The text of a message, a title, a list of them, or any other value as it prints."""
        match value:
            case Message():
                told = {name: self.tell(part) for name, part in value.values.items()}
                return self.catalogue.gettext(value.template).format(**told)
            case Title():
                first, second = (value.zh, value.en) if self.code == "zh" else (value.en, value.zh)
                return first or second
            case list() | tuple():
                return ("、" if self.code == "zh" else ", ").join(self.tell(part) for part in value)
            case _:
                return str(value)

    def __call__(self, template: str, /, **values: object) -> str:
        """Translate and fill a template at once: `_("{n} files", n=3)`."""
        return self.tell(Message(template, **values))


@cache
def language(code: str) -> Language:
    """The language of a code; English for any code that is not Chinese."""
    if not code.lower().startswith("zh"):
        return Language("en", gettext.NullTranslations())
    folder = resources.files("infodesk").joinpath("locale")
    with resources.as_file(folder) as path:
        return Language("zh", gettext.translation("infodesk", Path(path), ["zh"]))
