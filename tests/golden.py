"""Cases in a Markdown file: a title, a line with a point, what is given, a point, what is expected, a point."""

import re
from dataclasses import dataclass
from pathlib import Path

CASE = re.compile(
    r"^(?P<title>[^\n.#][^\n]*)\n\.\n(?P<given>.*?)\n?^\.\n(?P<expected>.*?)\n?^\.$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """One case, and the heading it stands under."""

    section: str
    title: str
    given: str
    expected: list[str]


def cases(path: Path) -> list[Case]:
    """All cases of a file; every title stands in it once."""
    found = []
    for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        section = part.split("\n", 1)[0]
        found += [
            Case(section, case["title"], case["given"], case["expected"].split("\n"))
            for case in CASE.finditer(part)
        ]
    titles = [case.title for case in found]
    assert len(set(titles)) == len(titles), "two cases have the same title"
    return found
