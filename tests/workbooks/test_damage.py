"""A good workbook damaged in every way, one by one and together."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infodesk.workbooks.read import read_book
from infodesk.workbooks.reader import Reader
from infodesk.workbooks.unreadable import UnreadableError
from tests.workbooks.damage import DAMAGES
from tests.workbooks.made import WRITERS, xlsx
from tests.workbooks.soundness import numbers, unsound
from tests.workbooks.tables import TABLE

GOOD = xlsx(TABLE)
RIGHT = numbers(read_book(GOOD))
READ_ALL_THE_SAME = {"strict", "a wrong dimension", "nested deeply"}
SHOWN = {"an error": "errors", "a formula without a value": "unsaved"}
LET_PASS = {"a bit flipped", "a sector zeroed", "appended to", "prepended to", "a part missing", "a part emptied", "a part cut"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_each_damage_is_seen(name: str, reader: Reader) -> None:
    for seed in range(12 if name in LET_PASS else 3):
        damaged = DAMAGES[name](GOOD, random.Random(seed))
        assert damaged != GOOD
        assert unsound(reader, damaged, RIGHT) == ""
        if name in READ_ALL_THE_SAME:
            assert numbers(reader.read(damaged)) == RIGHT
        elif name in SHOWN:
            assert len(getattr(reader.read(damaged).sheets[0], SHOWN[name])) >= 1
        elif name not in LET_PASS:
            with pytest.raises(UnreadableError):
                read_book(damaged)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    names=st.lists(st.sampled_from(sorted(DAMAGES)), min_size=2, max_size=4),
    seed=st.integers(0, 2**32),
)
def test_damages_together_never_give_other_numbers(
    names: list[str], seed: int, reader: Reader
) -> None:
    content, chance = GOOD, random.Random(seed)
    for name in names:
        content = DAMAGES[name](content, chance)
    assert unsound(reader, content, RIGHT) == "", names


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "html"])
def test_a_file_cut_anywhere_is_refused_or_whole(kind: str, reader: Reader) -> None:
    content = WRITERS[kind](TABLE)
    right = numbers(read_book(content, "damaged.xlsx"))
    for seed in range(25):
        cut = content[: random.Random(seed).randrange(len(content))]
        assert unsound(reader, cut, right) == "", len(cut)
