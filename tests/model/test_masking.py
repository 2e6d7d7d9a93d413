"""Masks of personal answers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infodesk.model.item import Item, Secrecy, Type, highest
from infodesk.model.masking import HIDDEN, Mask, masked
from infodesk.text.message import Title

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "masks.json").read_text(encoding="utf-8")
)["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['mask']} {v['text']}")
def test_the_vectors_of_the_domain(vector: dict[str, str]) -> None:
    on = date.fromisoformat(vector["on"]) if "on" in vector else None
    assert masked(Mask(vector["mask"]), vector["text"], on) == vector["shown"]


@pytest.mark.parametrize(
    ("mask", "text", "on"),
    [
        (Mask.ALL, "汉族", None),
        (Mask.MOBILE, "010-62345678", None),
        (Mask.AGE, "1990-10", None),
        (Mask.AGE, "九零年", date(2026, 9, 30)),
    ],
)
def test_what_a_mask_does_not_fit_is_hidden_whole(mask: Mask, text: str, on: date | None) -> None:
    assert masked(mask, text, on) == HIDDEN


def test_the_young_are_one_band() -> None:
    assert masked(Mask.AGE, "2004-01", date(2026, 9, 30)) == "<30"


def test_only_personal_answers_are_masked() -> None:
    item = Item("name", Title("姓名"), Type.TEXT, secrecy=Secrecy.PERSONAL, mask=Mask.NAME)
    assert item.as_shown("张伟") == "张*"
    assert item.as_shown(None) is None
    assert Item("post", Title("职务"), Type.TEXT).as_shown("院长") == "院长"


def test_what_shows_several_things_has_the_highest_class() -> None:
    assert highest([Secrecy.INTERNAL, Secrecy.PERSONAL, Secrecy.PUBLIC]) is Secrecy.PERSONAL
    assert highest([]) is Secrecy.PUBLIC
