"""Questions in SQL that would never end, or ask for what no view may."""

from pathlib import Path

import pytest

from infodesk.errors import InfodeskError
from infodesk.model.logbook import View
from infodesk.store import book_views
from infodesk.store.book_views import ask_view
from infodesk.store.store import open_store
from infodesk.text.message import Title

ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT {} FROM t"


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        (ENDLESS.format("count(*)"), "view evil: the view takes too long"),
        (ENDLESS.format("n"), "view evil: the view has more than 100000 rows"),
        ("SELECT load_extension('x')", "view evil: a view is one SELECT"),
        ("SELECT hex(zeroblob(900000000))", "too big"),
    ],
)
def test_a_question_without_an_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, refused: str
) -> None:
    monkeypatch.setattr(book_views, "MOST_STRIDES", 20)
    view = View("evil", Title("恶", "evil"), sql)
    with open_store(tmp_path / "a.db") as store:
        with pytest.raises(InfodeskError, match=refused):
            ask_view(store, view, {})
        assert ask_view(store, View("fine", Title("好", "fine"), "SELECT 1 AS n"), {}).rows == (
            (1,),
        )
