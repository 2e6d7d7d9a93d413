"""One run over thousands of files, most of them damaged: the slowest, the most memory, and the store afterwards.

`python -m bench.crowd [FILES]` damages a ward's workbook in every way of the tests, puts the whole ones of
some wards between, takes everything in, and compares the store with one that saw the whole ones only.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.workbooks.damage import DAMAGES

from bench.extract import highest
from infodesk.config.load import load_definitions
from infodesk.config.openings import load_openings
from infodesk.demo.hospital import make_demo
from infodesk.demo.september import PERIOD, answers
from infodesk.demo.story import DUE
from infodesk.model.actor import Actor
from infodesk.model.submission import Part, Stored
from infodesk.stats.blanks import plans
from infodesk.stats.collect import Options, collect
from infodesk.stats.desk import Desk
from infodesk.store.openings import replace_openings
from infodesk.store.store import open_store
from infodesk.store.submissions import current, rows_of
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook
from infodesk.workbooks.reader import Reader

Kept = dict[Part, list[dict[str, Stored]]]


def kept(desk: Desk) -> Kept:
    """Every number the store holds."""
    forms = desk.definitions.form_by_id
    return {
        part: [dict(row.values) for row in rows_of(desk.store, found, forms[part.form])]
        for part, found in current(desk.store, PERIOD).items()
    }


def files(desk: Desk, folder: Path, count: int) -> tuple[list[Path], list[Path]]:
    """Whole workbooks of every sender, and damaged ones."""
    given = answers(desk.definitions, language("zh"))
    drawn = [draw_workbook(plan, language("zh")) for plan in plans(desk, PERIOD, (), given)]
    whole, damaged = [], []
    for number, content in enumerate(drawn):
        whole.append(folder / f"whole{number}.xlsx")
        whole[-1].write_bytes(content)
    for number in range(count - len(drawn)):
        chance = random.Random(number)
        content = chance.choice(drawn)
        for name in chance.sample(sorted(DAMAGES), chance.randrange(1, 4)):
            content = DAMAGES[name](content, chance)
        damaged.append(folder / f"damaged{number}.xlsx")
        damaged[-1].write_bytes(content)
    return whole, damaged


@contextmanager
def desk_in(workspace: Path, store: Path) -> Iterator[Desk]:
    """A desk with a new store."""
    definitions = load_definitions(workspace).definitions
    assert definitions is not None
    actor = Actor("bench", "", DUE)
    with open_store(store) as opened:
        follow_definitions(opened, definitions, actor)
        for period, balances in load_openings(workspace, definitions)[0].items():
            replace_openings(opened, actor, period, balances)
        yield Desk(definitions, opened, actor)


def run(desk: Desk, paths: list[Path]) -> tuple[list[float], Counter[str]]:
    """Take files in; the seconds of each, the results counted."""
    seconds, results = [], Counter[str]()
    with Reader() as reader:
        for path in paths:
            start = time.perf_counter()
            results.update(r.result for r in collect(desk, [path], Options(PERIOD), reader))
            seconds.append(time.perf_counter() - start)
    return seconds, results


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_demo(folder / "demo", "zh")
        with desk_in(folder / "demo", folder / "all.db") as desk:
            whole, damaged = files(desk, folder, count)
            mixed = [*whole, *damaged]
            random.Random(0).shuffle(mixed)
            seconds, results = run(desk, mixed)
            found = kept(desk)
        with desk_in(folder / "demo", folder / "whole.db") as desk:
            run(desk, whole)
            wanted = kept(desk)
    print(f"{len(seconds)} files: {dict(results)}")
    print(f"slowest {max(seconds):.2f} s; most memory of a process that reads: {highest()} MB")
    print("the store is as it should be" if found == wanted else "THE STORE DIFFERS")
