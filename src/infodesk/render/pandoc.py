"""Pandoc: Markdown with raw blocks in, docx or typst out."""

from collections.abc import Iterable
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.text.message import Message

DIALECT = "commonmark+pipe_tables+raw_attribute+attributes+fenced_divs"
ARGUMENTS = ("--shift-heading-level-by=-1",)  # the document's title is the first level


def source(parts: Iterable[str]) -> str:
    """Blocks as one text for pandoc."""
    return "\n\n".join(parts) + "\n"


def raw(kind: str, content: str) -> str:
    """A block that pandoc hands through as it is; `content` holds no back quote."""
    return f"```{{={kind}}}\n{content}\n```"


def to_typst(markdown: str) -> str:
    """Markdown as typst markup."""
    from pypandoc import convert_text  # noqa: PLC0415  # only for docx and pdf

    converted: str = convert_text(markdown, "typst", DIALECT, ARGUMENTS, verify_format=False)
    return converted


def to_docx(markdown: str, reference: Path, folder: Path) -> bytes:
    """Markdown as a Word document in the styles of another; its pictures lie in `folder`.

    InfodeskError if the other cannot be used.
    """
    from pypandoc import convert_text  # noqa: PLC0415  # only for docx and pdf

    target = folder / "document.docx"
    places = (f"--reference-doc={reference}", f"--resource-path={folder}")
    arguments = (*ARGUMENTS, *places)
    try:
        convert_text(markdown, "docx", DIALECT, arguments, outputfile=target, verify_format=False)
    except RuntimeError as error:
        message = Message(
            "no document can be made on {file}: {reason}", file=reference, reason=error
        )
        raise InfodeskError(message, Message("is it a Word document (.docx)?")) from error
    return target.read_bytes()
