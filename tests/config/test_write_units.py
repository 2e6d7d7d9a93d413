"""A tree of units is written so that it reads back as the same tree, whatever its names are made of."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from infodesk.config.build_units import build_units
from infodesk.config.read import read_shape
from infodesk.config.shapes_hospital import UnitsShape
from infodesk.config.source import read_yaml
from infodesk.config.write_units import units_yaml
from infodesk.model.unit import Contact, Kind, Unit, UnitTree
from infodesk.text.folding import key
from infodesk.text.message import Title
from tests.config.workspace import told

odd = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
names = odd.map(str.strip).filter(key)  # ids and kinds are read without the blanks around them
titles = st.builds(Title, odd.filter(str.strip), st.just("") | odd.filter(str.strip))
days = st.none() | st.dates()
contacts = st.builds(Contact, *[st.just("") | odd] * 4)


@st.composite
def trees(draw: st.DrawFn) -> UnitTree:
    """A tree of up to four units whose names nobody else has."""
    kind = draw(names)
    wider = draw(names.filter(lambda name: name != kind))
    ids = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    given_names = draw(st.lists(names, max_size=4, unique_by=key))
    units = [Unit(ids[0], draw(titles), draw(st.just("hospital") | names))]
    for order, name in enumerate(ids[1:], 1):
        title = Title(f"{name}之名{order}", draw(st.just("") | st.just(f"{name} named {order}")))
        aliases = tuple(given_names[order - 1 : order])
        parent = draw(st.sampled_from(ids[:order]))
        successors = tuple(draw(st.lists(st.sampled_from(ids), max_size=2)))
        units.append(
            Unit(
                name, title, draw(st.sampled_from([kind, wider])), parent, order, aliases,
                draw(days), draw(days), successors, draw(contacts),
            )
        )  # fmt: skip
    kinds = (Kind(wider, draw(titles)), Kind(kind, draw(titles), draw(st.none() | st.just(wider))))
    return UnitTree(tuple(units), kinds)


@given(trees())
def test_a_written_tree_reads_back(tree: UnitTree) -> None:
    source = read_yaml("units.yaml", units_yaml(tree))
    shape = read_shape(source, UnitsShape)
    assert shape is not None, told(tuple(source.problems))
    assert build_units(source, shape) == tree


def test_a_unit_is_a_line() -> None:
    tree = UnitTree(
        (
            Unit("H", Title("示范医院", "Demo Hospital"), "hospital"),
            Unit(
                "0102",
                Title('"甲"\\乙'),
                "ward",
                "H",
                1,
                ("no", "8:30"),
                date(2020, 1, 1),
                date(2026, 10, 1),
                ("0101",),
                Contact(phone="8\t9"),
            ),
            Unit("0101", Title("丙"), "ward", "0102", 2),
        ),
        (Kind("ward", Title("病区", "ward")), Kind("OB", Title("产科"), "ward")),
    )
    header, text = units_yaml(tree).split("\nhospital: ")
    assert all(line.startswith("#") for line in header.strip().split("\n"))
    assert (
        text
        == """\
{id: "H", title: {zh: "示范医院", en: "Demo Hospital"}}

kinds:
  - {id: "ward", title: {zh: "病区", en: "ward"}}
  - {id: "OB", within: "ward", title: {zh: "产科"}}

units:
  - {id: "0102", title: {zh: "\\"甲\\"\\\\乙"}, kind: "ward", aliases: ["no", "8:30"], opened: 2020-01-01, closed: 2026-10-01, successors: ["0101"], contact: {phone: "8\\U000000099"}}
  - {id: "0101", title: {zh: "丙"}, kind: "ward", parent: "0102"}
"""
    )


def test_the_kind_of_the_hospital_is_kept() -> None:
    tree = UnitTree((Unit("H", Title("院区"), "campus"),), (Kind("campus", Title("院区")),))
    assert 'kind: "campus"' in units_yaml(tree)
