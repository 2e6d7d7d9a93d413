"""The walkthroughs are the manual and a test: what they show is what happens."""

from pathlib import Path

import pytest

from tests.walkthrough import Walk

FOLDER = Path(__file__).parents[1] / "docs" / "walkthroughs"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_walkthrough_is_what_happens(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "$ infodesk" in text
    assert Walk(tmp_path).run(text) == text
