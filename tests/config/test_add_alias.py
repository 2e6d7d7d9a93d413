"""An alias is written where it belongs, and the rest of units.yaml stays to the last comment."""

import difflib
from pathlib import Path

import pytest

from infodesk.config.add_alias import with_alias
from infodesk.config.build_units import build_units
from infodesk.config.read import read_shape
from infodesk.config.shapes_hospital import UnitsShape
from infodesk.config.source import read_yaml
from infodesk.errors import InfodeskError
from infodesk.model.unit import UnitTree

TEXT = """\
# our units, by hand
hospital: {id: H, title: 示范医院}
kinds:
  - {id: ward, title: 病区}
units:
  # internal medicine
  - {id: "0101", title: 内科, kind: ward}  # one line
  - {id: "0102", title: 呼吸, kind: ward, aliases: [大呼吸, 呼吸内]}  # has some
  - {id: "0103", aliases: [], title: 神内, kind: ward}
  - id: "0201"  # block
    title: 外科
    kind: ward
  - id: "0202"
    aliases:
      - 骨外   # a list
    title: 骨科
    kind: ward
"""


def tree(text: str) -> UnitTree:
    source = read_yaml("units.yaml", text)
    shape = read_shape(source, UnitsShape)
    assert shape is not None, source.problems
    return build_units(source, shape)


@pytest.mark.parametrize("unit", ["0101", "0102", "0103", "0201", "0202"])
@pytest.mark.parametrize("alias", ["心内", '引"号', "a: b, #c]"])
def test_an_alias_is_added_and_nothing_else_changes(unit: str, alias: str) -> None:
    changed = with_alias(TEXT, unit, alias)
    before, after = tree(TEXT), tree(changed)
    assert after.by_id[unit].aliases == (*before.by_id[unit].aliases, alias)
    assert [u for u in after.units if u.id != unit] == [u for u in before.units if u.id != unit]
    lines = difflib.ndiff(TEXT.split("\n"), changed.split("\n"))
    assert sum(line.startswith(("- ", "+ ")) for line in lines) <= 2
    assert [c for c in changed.split("\n") if c.startswith("#")] == ["# our units, by hand"]


def test_the_starters_list_takes_an_alias() -> None:
    path = Path(__file__).parents[2] / "templates" / "units.yaml"
    text = path.read_text("utf-8")
    unit = tree(text).units[-1].id
    assert tree(with_alias(text, unit, "别称")).by_id[unit].aliases[-1] == "别称"


def test_the_hospital_itself_has_no_aliases() -> None:
    with pytest.raises(InfodeskError, match="H is not in the list"):
        with_alias(TEXT, "H", "本院")
