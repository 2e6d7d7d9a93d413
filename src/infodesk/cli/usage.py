"""What typer itself says, in the user's language: the words of a help page, and what is wrong with a command line."""

import re
from typing import Any

import typer

from infodesk.errors import InfodeskError
from infodesk.text.language import Language
from infodesk.text.message import Message

HEADINGS = {
    "Usage:": Message("Usage:"),
    "Arguments:": Message("Arguments:"),
    "Options:": Message("Options:"),
    "Commands:": Message("Commands:"),
    "Show this message and exit.": Message("show this page"),
    "[required]": Message("[required]"),
    "[default: ": Message("[default: "),
}
_HEADING = re.compile("|".join(map(re.escape, HEADINGS)))

# What typer says of a command line, and what people are told; the groups are the values, in their order.
_MISTAKES: tuple[tuple[str, Message], ...] = (
    (
        r"No such command '(.*?)'\. Did you mean '?(.*?)'?\?",
        Message("there is no command {name}; did you mean {near}?", name="", near=""),
    ),
    (r"No such command '(.*)'\.", Message("there is no command {name}", name="")),
    (
        r"No such option: (\S+) \(Possible options: (.*)\)",
        Message("there is no option {name}; did you mean {near}?", name="", near=""),
    ),
    (r"No such option: (\S+)", Message("there is no option {name}", name="")),
    (r"Missing argument '(.*)'\.", Message("{name} is missing", name="")),
    (r"Missing option '(.*)'\.", Message("the option {name} is missing", name="")),
    (r"Missing command\.", Message("name a command")),
    (r"Option '(.*)' requires an argument\.", Message("{option} needs a value", option="")),
    (
        r"Got unexpected extra argument\(s\) \((.*)\)",
        Message("too many words: {words}", words=""),
    ),
    (
        r"Invalid value for '(.*)': .* valid integer.*",
        Message("{name} is a whole number", name=""),
    ),
)


def translate(command: Any, language: Language) -> None:
    """Put a command and all below it into a language: their texts, and the words of their help pages."""
    if command.help:
        command.help = language(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = language(parameter.help)
    page = command.get_help
    command.get_help = lambda ctx: told_page(page(ctx), language)
    for child in getattr(command, "commands", {}).values():
        translate(child, language)


def told_page(page: str, language: Language) -> str:
    """A help page with its headings in a language."""
    return _HEADING.sub(lambda found: language.tell(HEADINGS[found[0]]), page)


def usage_error(error: typer.TyperException) -> InfodeskError:
    """What is wrong with a command line, in our words where we have some."""
    text = error.format_message()
    hint = Message("infodesk --help lists the commands and options")
    for pattern, message in _MISTAKES:
        found = re.fullmatch(pattern, text)
        if found is not None:
            values = dict(zip(message.values, found.groups(), strict=True))
            return InfodeskError(Message(message.template, **values), hint)
    return InfodeskError(Message("{text}", text=text), hint)
