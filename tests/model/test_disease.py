"""The thirty diseases as shipped: every vector, and what an unknown age means."""

import json
from pathlib import Path

import pytest

from infodesk.model.definitions import Definitions
from infodesk.model.disease import Criteria, Match, Stay, match_stay

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "diseases.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def diseases(definitions: Definitions) -> dict[str, Criteria]:
    key = definitions.form_by_id["disease30"].row_key[0]
    return {code.id: code.criteria for code in key.codes if code.criteria is not None}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['dx']}-{v['age']}-{v['expect']}")
def test_a_stay_counts_in_the_disease_of_its_vector(
    diseases: dict[str, Criteria], vector: dict[str, object]
) -> None:
    stay = Stay(str(vector["dx"]), tuple(vector["ops"]), int(str(vector["age"])))  # type: ignore[arg-type]
    assert match_stay(diseases, stay).disease == vector["expect"]


def test_all_thirty_have_criteria(diseases: dict[str, Criteria]) -> None:
    assert list(diseases) == [f"D{n:02}" for n in range(1, 31)]


def test_a_child_whose_age_is_unknown_is_listed_and_not_counted(
    diseases: dict[str, Criteria],
) -> None:
    assert match_stay(diseases, Stay("J18.000")) == Match(None, ("D26",))


def test_small_letters_and_blanks_do_not_matter(diseases: dict[str, Criteria]) -> None:
    assert match_stay(diseases, Stay(" k35.900x001 ", (), 20)).disease == "D15"


def test_the_ends_of_a_range_belong_to_it(diseases: dict[str, Criteria]) -> None:
    found = [
        match_stay(diseases, Stay(code, (), 40)).disease
        for code in ("B14.9", "B15", "B19.9", "B20")
    ]
    assert found == [None, "D01", "D01", None]
