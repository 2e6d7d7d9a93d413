"""All rules of a form in one SELECT, against one SELECT a rule: the ratio of one run over many wards.

`python -m bench.rules [WARDS]` fills a store with copies of the demo hospital's wards.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from infodesk.config.load import load_definitions
from infodesk.demo.hospital import make_demo
from infodesk.demo.september import PERIOD, rows
from infodesk.demo.story import DUE
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.submission import Given, Part, Row
from infodesk.model.unit import UnitTree
from infodesk.stats.desk import Desk
from infodesk.stats.look import look_at
from infodesk.store.relations import relations
from infodesk.store.rules import run_record_rules
from infodesk.store.store import open_store
from infodesk.store.submissions import Reception, add_workbook, keep_definition
from infodesk.store.tables import follow_definitions

ACTOR = Actor("bench", "", DUE)


def many_wards(definitions: Definitions, count: int) -> Definitions:
    """The definitions with `count` more wards."""
    units = definitions.units
    ward = units.by_id["0103"]
    more = [replace(ward, id=f"W{number}", order=1000 + number) for number in range(count)]
    return replace(definitions, units=UnitTree((*units.units, *more), units.kinds))


def fill(desk: Desk, count: int) -> None:
    """Give every new ward the numbers of neurology, the first of them a wrong one."""
    form = desk.definitions.form_by_id["ward_activity"]
    values = rows()[form.id]["0103"]
    with desk.store.writing():
        keep_definition(desk.store, form, desk.definitions.texts[form.definition])
        givens = []
        for number in range(count):
            for section in form.sections[:5]:
                own = {item.id: int(values[item.id]) for item in section.items}
                if number == 0 and "pts_end" in own:
                    own["pts_end"] += 2
                part = Part(form.id, section.id, f"W{number}")
                givens.append((Given(part, PERIOD, (Row("", own),)), form, 1))
        reception = Reception(PERIOD, "bench.xlsx", b"", "0808", "bench", DUE - timedelta(days=1))
        add_workbook(desk.store, ACTOR, reception, givens, [])


if __name__ == "__main__":
    wards = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as temporary:
        make_demo(Path(temporary) / "demo", "zh")
        loaded = load_definitions(Path(temporary) / "demo").definitions
        assert loaded is not None
        definitions = many_wards(loaded, wards)
        with open_store(Path(temporary) / "bench.db") as store:
            follow_definitions(store, definitions, ACTOR)
            desk = Desk(definitions, store, ACTOR)
            fill(desk, wards)
            form = definitions.form_by_id["ward_activity"]
            rules = [r for r in definitions.rules_of(form.id, PERIOD) if r.is_about_records]
            look = look_at(desk, PERIOD)
            ratios = []
            with relations(store, PERIOD, definitions.form_by_id, look.owed) as tables:
                for _ in range(5):
                    start = time.perf_counter()
                    run_record_rules(store, tables, look.facts, form, rules)
                    middle = time.perf_counter()
                    for rule in rules:
                        run_record_rules(store, tables, look.facts, form, [rule])
                    ratios.append((time.perf_counter() - middle) / (middle - start))
    print(f"{wards} wards, {len(rules)} rules, 5 rounds")
    print(
        f"a SELECT a rule / one SELECT: median {statistics.median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})"
    )
