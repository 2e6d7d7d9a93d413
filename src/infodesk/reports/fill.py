"""Filling in a template: what it places becomes blocks, its mistakes are told with file and line."""

import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.loaders import FileSystemLoader
from jinja2.sandbox import SandboxedEnvironment

from infodesk.errors import InfodeskError, RefusedError, StoreError
from infodesk.render.document import Block, Chart, Table, Text
from infodesk.render.markdown import escape
from infodesk.text.folding import nearest
from infodesk.text.language import Language
from infodesk.text.message import Message

Built = TypeVar("Built")

_MARK = re.compile("\ue000(\\d+)\ue000")  # private use: escaping takes it out of data


class Placed(str):
    """Markdown that a function of ours made: it goes into the text as it is."""

    __slots__ = ()


class Placer:
    """Takes what a template places, and leaves a mark in the text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def place(self, block: Block) -> Placed:
        """The mark of a block."""
        self.blocks.append(block)
        return Placed(f"\n\n\ue000{len(self.blocks) - 1}\ue000\n\n")

    def split(self, text: str) -> Iterator[Block]:
        """The text between the marks and the blocks at the marks, tables and charts numbered."""
        tables = charts = 0
        for place, part in enumerate(_MARK.split(text)):
            if place % 2 == 0:
                words = re.sub(r"\n{3,}", "\n\n", part).strip("\n")
                if words.strip():
                    yield Text(words)
                continue
            block = self.blocks[int(part)]
            if isinstance(block, Table) and block.look == "grid":
                tables += 1
                block = replace(block, number=tables)
            elif isinstance(block, Chart):
                charts += 1
                block = replace(block, number=charts)
            yield block


def fill(
    template: Path, names: Mapping[str, object], placer: Placer, language: Language
) -> tuple[Block, ...]:
    """The blocks of a filled template. A mistake in it raises InfodeskError with file and line.

    What it prints is told in the language and escaped for Markdown, but for what is placed.
    """
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(template.parent, encoding="utf-8-sig"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _printed(value, language),
    )
    try:
        text = environment.get_template(template.name).render(names)
    except TemplateSyntaxError as error:
        where = f"{error.name or template.name}:{error.lineno}"
        raise _mistake(where, error.message or "") from error
    except (StoreError, RefusedError):
        raise  # no mistake of the template
    except (TemplateError, InfodeskError) as error:
        raise _mistake(_line(error, template.parent) or template.name, error) from error
    except UnicodeDecodeError as error:
        raise InfodeskError(
            Message("{file} is not UTF-8 text", file=template.name),
            Message("save it as UTF-8 (in Notepad: Save as, Encoding UTF-8)"),
        ) from error
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        line = _line(error, template.parent, innermost=True)
        if line is None:
            raise
        raise _mistake(line, error) from error
    return tuple(placer.split(text))


def _printed(value: object, language: Language) -> str:
    if isinstance(value, Placed):
        return value
    return "" if value is None else escape(language.tell(value))


def _mistake(where: str, error: Exception | str) -> InfodeskError:
    reason: object = error.message if isinstance(error, InfodeskError) else error
    hint = error.hint if isinstance(error, InfodeskError) else None
    return InfodeskError(Message("{place}: {message}", place=where, message=reason), hint)


def _line(error: Exception, folder: Path, *, innermost: bool = False) -> str | None:
    """Where in a template of the folder an exception came from; `innermost`: not out of our own code."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent == folder]
    if not ours or (innermost and frames[-1] is not ours[-1]):
        return None
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def called(
    builders: Mapping[str, Callable[..., Built]],
    name: str,
    given: object,
    options: Mapping[str, object],
) -> Built:
    """Call the builder of that name with what a template gives it; InfodeskError for a wrong name."""
    if name not in builders:
        raise _stranger(Message("there is no {name} to place", name=repr(name)), name, builders)
    builder = builders[name]
    known = list(inspect.signature(builder).parameters)[1:]
    for option in options:
        if option not in known:
            message = Message("{name} has no option {option}", name=name, option=option)
            raise _stranger(message, option, known)
    try:
        inspect.signature(builder).bind(given, **options)
    except TypeError as error:
        raise InfodeskError(
            Message("{name}: {message}", name=name, message=error),
            Message("its options are {options}", options=known),
        ) from None
    return builder(given, **options)


def _stranger(message: Message, name: str, known: Iterable[str]) -> InfodeskError:
    near = nearest(name, known)
    return InfodeskError(message, Message("did you mean {near}?", near=near) if near else None)
