"""What is wrong with a text that is no YAML, in words that say what to write instead."""

import yaml

from infodesk.text.message import Message

# What the parser says of a text, what people are told, and whether it began before the place it names.
_WORDS: tuple[tuple[str, Message, bool], ...] = (
    ("scanning a quoted scalar", Message("a quote is opened here and never closed"), True),
    ("found a tab character", Message("indent with blanks, not with a tab"), False),
    ("unknown escape character", Message("in double quotes, write a backslash twice"), False),
    ("undefined alias", Message("put a text that begins like this in quotes"), False),
    ("expected node content", Message("put a text that begins like this in quotes"), False),
    (
        "parsing a flow",
        Message("a bracket is opened here and never closed, or a comma is missing in it"),
        True,
    ),
    (
        "mapping values are not allowed",
        Message("a key cannot stand here: put a text with a colon in quotes, or mend the indent"),
        False,
    ),
    (
        "could not find expected ':'",
        Message("after a key stand a colon and a blank (: and not ：)"),
        True,
    ),
    ("did not find expected", Message("the indent fits nothing above it"), False),
)


def mistake_of(
    error: yaml.MarkedYAMLError | yaml.reader.ReaderError, text: str
) -> tuple[int, Message]:
    """The place in the text, and what to say."""
    if isinstance(error, yaml.reader.ReaderError):
        index = text.find(chr(int(error.character)))
        return max(index, 0), Message("a character that nobody can see stands here")
    reason = " ".join(filter(None, (error.context, error.problem)))
    mark = error.problem_mark or error.context_mark
    index = 0 if mark is None else mark.index
    if "cannot start any token" in reason:
        return index, _wrong_start(text[index])
    for part, message, is_earlier in _WORDS:
        if part in reason:
            begun = error.context_mark if is_earlier and error.context_mark else mark
            return (0 if begun is None else begun.index), message
    return index, Message("not YAML: {reason}", reason=reason)


def _wrong_start(character: str) -> Message:
    if character == "\t":
        return Message("indent with blanks, not with a tab")
    return Message("put a text that begins like this in quotes")
