"""YAML as plain data: nothing is guessed, and everything has its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.config.source import Place, read_yaml, stranger


@pytest.mark.parametrize(
    "text",
    ["0808", "00123", "012", "8:30", "10:30", "no", "on", "yes", "1_000", "1e3", "0x10", ".inf", "2026-09-30", "3.10"],
)  # fmt: skip
def test_scalars_stay_texts(text: str) -> None:
    source = read_yaml("f.yaml", f"a: {text}\nb: [{text}]\n'{text}': c\n")
    assert source.problems == []
    assert source.data == {"a": text, "b": [text], text: "c"}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing_unless_in_quotes(text: str) -> None:
    assert read_yaml("f.yaml", f"a: {text}\nb: '{text}'\n").data == {"a": None, "b": text}


def test_keys_and_values_have_their_places() -> None:
    source = read_yaml("f.yaml", "forms:\n  - id: x\n    due: {day: 5}\n")
    assert str(source.key_place(("forms", 0, "due"))) == "f.yaml:3:5"
    assert str(source.place(("forms", 0, "due", "day"))) == "f.yaml:3:16"
    assert str(source.place(("forms", 0))) == "f.yaml:2:5"


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    source = read_yaml("f.yaml", "forms:\n  - id: x\n")
    assert source.place(("forms", 0, "title", "zh")) == Place("f.yaml", 2, 5)
    assert source.key_place(("rules", 3)) == Place("f.yaml", 1, 1)
    assert source.place_inside(("forms", 0, "title"), 5) == Place("f.yaml", 2, 5)
    assert read_yaml("f.yaml", "").place(("a",)) == Place("f.yaml")


TEXTS = st.text("ab 甲=(\"'\\", min_size=1).filter(lambda text: text.strip() == text)


@given(TEXTS, st.data())
def test_a_place_inside_a_text_is_where_that_character_stands(
    text: str, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from([n for n in range(len(text)) if text[n] != " "]))
    single = text.replace("'", "''")
    double = text.replace("\\", "\\\\").replace('"', '\\"')
    for written in (
        f"a: '{single}'\n",
        f'a: "{double}"\n',
        f"a: >-\n  {text}\n",
        f"a: |\n  {text}\n",
    ):
        source = read_yaml("f.yaml", written)
        assert source.problems == []
        found = source.place_inside(("a",), place)
        line = written.split("\n")[found.line - 1]
        assert line[found.column - 1] in (
            text[place],
            "\\" if text[place] in '"\\' else text[place],
        )


def test_a_place_inside_a_folded_text_counts_lines_and_indents() -> None:
    source = read_yaml("f.yaml", "check: >-  # why\n    a +\n    b\n\n    = c\n")
    assert source.data == {"check": "a + b\n= c"}
    assert [source.place_inside(("check",), n) for n in (0, 2, 4, 6, 8)] == [
        Place("f.yaml", 2, 5),
        Place("f.yaml", 2, 7),
        Place("f.yaml", 3, 5),
        Place("f.yaml", 5, 5),
        Place("f.yaml", 5, 7),
    ]


def test_the_end_of_a_text_is_just_behind_its_last_character() -> None:
    for written in ("a: >-\n  x +\nb: 1\n", "a: |\n  x +\n\nb: 1\n"):
        assert read_yaml("f.yaml", written).place_inside(("a",), 3) == Place("f.yaml", 2, 6)
    assert read_yaml("f.yaml", "a: 'x +'").place_inside(("a",), 3) == Place("f.yaml", 1, 8)


def test_places_stand_in_the_order_of_files_and_lines() -> None:
    places = [Place("b", 1), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1)]
    assert [str(place) for place in sorted(places)] == ["a:9:1", "a:9:2", "a:10:1", "b:1:1"]


def test_a_stranger_is_told_with_the_nearest_name() -> None:
    assert str(stranger("wart", ["ward", "clinic"])) == "there is no 'wart'; did you mean ward?"
    assert str(stranger("zzz", ["ward"])) == "there is no 'zzz'"


@given(st.text())
def test_reading_any_text_never_raises(text: str) -> None:
    source = read_yaml("f.yaml", text)
    assert source.data is None or not [p for p in source.problems if p.place.file != "f.yaml"]
