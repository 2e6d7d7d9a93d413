"""Markdown: other people's words go through it unharmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.render.markdown import escape, paragraphs, with_content


@given(st.text())
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    visible = "".join(c for c in " ".join(text.split(" ")) if c.isprintable() or c.isspace())
    expected = " ".join(f"x{visible}x".split())
    found = list(paragraphs(f"x{escape(text)}x"))
    assert [(kind, " ".join(words.split())) for kind, words in found] == [("p", expected)]


@pytest.mark.parametrize(
    "text", ["# a", "- a", "+ a", "1. a", "2) a", "===", "---", "> a", "| a |"]
)
def test_escaped_text_begins_no_block(text: str) -> None:
    assert list(paragraphs(escape(text))) == [("p", text)]


def test_plain_numbers_need_no_backslash() -> None:
    assert escape("87.00 % (7/8), -1.40, 1:0.53") == "87.00 % (7/8), -1.40, 1:0.53"


def test_the_marks_of_placed_blocks_cannot_be_forged() -> None:
    assert escape("\ue0000\ue000") == "0"


def test_blocks_are_told_apart() -> None:
    text = "## A\n\nb **c**\nd\n\n> e\n\n- f\n- g\n"
    assert list(paragraphs(text)) == [
        ("h2", "A"),
        ("p", "b c d"),
        ("quote", "e"),
        ("li", "f"),
        ("li", "g"),
    ]


def test_headings_without_content_are_left_out() -> None:
    found = paragraphs("## A\n\n## B\n\n### C\n\nx\n\n## D\n")
    assert with_content(found) == [("h2", "B"), ("h3", "C"), ("p", "x")]
