"""A large extract against small ones: time a row, and memory, of reading and of taking in.

`python -m bench.extract [ROWS]` writes an extract of a hospital system (a row for each code and ward), reads
it by the guarded reader, and takes it in by a form with a layout; then the same in files of 500 rows.
"""

import io
import re
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import psutil
import xlsxwriter

from infodesk.config.load import load_definitions
from infodesk.demo.hospital import make_demo
from infodesk.demo.september import PERIOD
from infodesk.demo.story import DUE
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.stats.collect import Options, collect
from infodesk.stats.desk import Desk
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.workbooks.reader import Reader

SMALL = 500
FORM = """\
id: extract
title: {zh: 病种明细}
frequency: month
due: {day: 8}
about: {kind: ward}
layout:
  sheet: 明细
  header_rows: [1]
  unknown_columns: ignore
  columns: {dept_code: 科室, code: 编码, patients: 例数, days: 床日, cost: 费用}
key:
  - {id: dept_code, label: {zh: 科室}, type: unit, class: public}
  - {id: code, label: {zh: 编码}, type: text, class: public}
sections:
  - id: main
    title: {zh: 明细}
    from: "0808"
    items:
      - {id: patients, label: {zh: 例数}, type: integer}
      - {id: days, label: {zh: 床日}, type: integer}
      - {id: cost, label: {zh: 费用}, type: money}
"""


def extract(rows: int, wards: list[str], first: int = 0) -> bytes:
    """An extract of so many rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("明细")
    sheet.write_row(0, 0, ["科室", "编码", "例数", "床日", "费用", "备注"])
    for row in range(rows):
        number = first + row
        code = f"K{number // len(wards):05}"
        values = [wards[number % len(wards)], code, number % 40, number % 300, number / 100, "无"]
        sheet.write_row(row + 1, 0, values)
    book.close()
    return out.getvalue()


def workspace(folder: Path) -> Definitions:
    """The demo hospital with the form of the extract."""
    make_demo(folder, "zh")
    (folder / "forms").mkdir(exist_ok=True)
    (folder / "forms" / "extract.yaml").write_text(FORM, encoding="utf-8")
    config = folder / "config.yaml"
    text = re.sub(r"^forms:.*$", "forms: [extract]", config.read_text("utf-8"), flags=re.MULTILINE)
    config.write_text(text, encoding="utf-8")
    loaded = load_definitions(folder)
    assert loaded.definitions is not None, loaded.problems
    return loaded.definitions


def reading(content: bytes) -> float:
    """Seconds of one reading."""
    with Reader() as reader:
        reader.read(b"a,b\n")
        start = time.perf_counter()
        reader.read(content)
        return time.perf_counter() - start


def highest() -> int:
    """The most memory that any process that read has taken, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 2**10


def taking_in(definitions: Definitions, files: list[bytes], folder: Path) -> float:
    """Seconds to collect files into a new store."""
    folder.mkdir()
    paths = []
    for number, content in enumerate(files):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(content)
    actor = Actor("bench", "", DUE - timedelta(days=1))
    with open_store(folder / "bench.db") as store:
        follow_definitions(store, definitions, actor)
        desk = Desk(definitions, store, actor)
        options = Options(PERIOD, sender=definitions.units.by_id["0808"])
        start = time.perf_counter()
        results = list(collect(desk, paths, options))
        taken = time.perf_counter() - start
    assert {each.result for each in results} <= {"new", "updated"}, results[0]
    shutil.rmtree(folder)
    return taken


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as temporary:
        definitions = workspace(Path(temporary) / "demo")
        wards = [u.id for u in definitions.units.of_kind("ward", PERIOD)]
        large = extract(rows, wards)
        small = [extract(SMALL, wards, first) for first in range(0, 10 * SMALL, SMALL)]
        few = sum(reading(each) for each in small) / len(small)
        before, seconds = highest(), reading(large)
        print(f"{rows} rows, {len(large) / 2**20:.1f} MB; small: {SMALL} rows")
        print(f"reading, time a row, large / small: {seconds / rows / (few / SMALL):.2f}")
        print(f"memory of the process that reads, small and large: {before}, {highest()} MB")
        own = psutil.Process().memory_info().rss
        whole = taking_in(definitions, [large], Path(temporary) / "large")
        print(f"memory here, more: {(psutil.Process().memory_info().rss - own) / 2**20:.0f} MB")
        pieces = taking_in(definitions, small, Path(temporary) / "small")
        ratio = whole / rows / (pieces / (len(small) * SMALL))
        print(f"taking in, time a row, large / small: {ratio:.2f}")
        print(f"[one run: {seconds:.1f} s reading, {whole:.1f} s taking in]")
