"""A real workbook that nobody laid out for us, read by a form written for it in YAML alone."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from infodesk.demo.story import ZONE
from infodesk.workbooks.read import read_book
from tests.conftest import Shell

SAMPLE = Path(__file__).parents[1] / "samples" / "kh03"
FILE = "nhs_kh03_2020-21_q2.xlsx"
QUARTER = ("-p", "2020-Q3")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The workspace of the sample, its units imported from the workbook, the workbook taken in."""
    folder = tmp_path_factory.mktemp("kh03") / "workspace"
    shutil.copytree(SAMPLE, folder)
    shell = Shell(folder, datetime(2020, 11, 19, 12, 0, tzinfo=ZONE))
    by_header = ("--header-row", "15")
    assert shell.run(
        "units", "import", FILE, "--sheet", "Region by Sector", *by_header,
        "--column", "code=Region Code", "--column", "title=AT Name", "--kind", "region",
    ) == 0  # fmt: skip
    assert "New (7)" in shell.out
    assert shell.run(
        "units", "import", FILE, "--sheet", "NHS Trust by Sector", *by_header,
        "--column", "parent=Region Code", "--kind", "provider",
    ) == 0  # fmt: skip
    assert "New (195)" in shell.out
    assert shell.run("stats", "collect", FILE, "--from", "NHSE", "--json", *QUARTER) == 0
    taken = json.loads(shell.out)["files"][0]
    assert (taken["result"], len(taken["submissions"])) == ("new", 2 * 195)
    return shell


def figure(shell: Shell, name: str, unit: str = "ENG") -> dict[str, str]:
    assert shell.run("stats", "figures", name, "--unit", unit, "--json", *QUARTER) == 0
    found: dict[str, str] = json.loads(shell.out)["figures"][0]
    return found


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("available_total_bed_days", "11116217"),
        ("occupied_total_bed_days", "8564337"),
        ("available_general_bed_days", "8720380"),
        ("occupied_general_bed_days", "6745507"),
        ("available_maternity_bed_days", "691462"),
        ("occupied_maternity_bed_days", "378925"),
        ("specialties_bed_days", "8564337"),
    ],
)
def test_bed_days_come_out(read: Shell, name: str, wanted: str) -> None:
    assert figure(read, name)["value"] == wanted


def test_beds_and_occupancy_are_those_the_file_states(read: Shell) -> None:
    assert float(figure(read, "available_beds")["value"]) == pytest.approx(
        120828.44565217395, abs=1e-6
    )
    occupancy = float(figure(read, "occupancy")["value"])
    assert occupancy == pytest.approx(0.7704362914110069, abs=1e-6)
    assert occupancy != pytest.approx(0.7659893, abs=1e-4)  # the mean of the providers' rates


def test_every_region_of_the_file_is_the_sum_of_its_providers(read: Shell) -> None:
    book = read_book((read.folder / FILE).read_bytes())
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Region by Sector")
    regions = {sheet.text(row, 3): row for row in range(17, 24)}
    assert len(regions) == 7
    for region, row in regions.items():
        wanted = float(sheet.text(row, 5))
        assert float(figure(read, "available_beds", region)["value"]) == pytest.approx(
            wanted, abs=1e-6
        )


def test_the_files_own_totals_agree_and_every_rule_holds(read: Shell) -> None:
    assert read.run("stats", "validate", "--json", *QUARTER) == 0
    found = json.loads(read.out)
    assert {f["rule"] for f in found["findings"]} == {"GEN-009"}  # sheets that no form reads
    assert sum(o["asked"] for o in found["outcomes"]) == 12 * 195
    assert all(o["passed"] == o["asked"] for o in found["outcomes"])


def test_a_dash_for_no_denominator_is_no_value_and_no_finding(read: Shell) -> None:
    assert (
        read.run("stats", "trace", "kh03_sector.rate_learning", "--unit", "R1H", "--json", *QUARTER)
        == 0
    )
    assert json.loads(read.out)["inputs"][0]["records"][0]["value"] is None


def test_a_total_that_differs_is_found(read: Shell, tmp_path: Path) -> None:
    import openpyxl

    folder = tmp_path / "workspace"
    shutil.copytree(read.folder, folder)
    (folder / "infodesk.db").unlink()
    book = openpyxl.load_workbook(folder / FILE)
    book["NHS Trust by Sector"]["G16"] = 120000
    book.save(folder / "changed.xlsx")
    shell = Shell(folder, read.now)
    assert shell.run("stats", "collect", "changed.xlsx", "--from", "NHSE", *QUARTER) == 1
    shell.run("stats", "validate", *QUARTER)
    assert "[GEN-012]" in shell.out
    assert "written 120000" in shell.out


def test_a_column_that_is_not_there_is_named_with_the_nearest_one(
    read: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(read.folder, folder)
    form = folder / "forms" / "kh03_sector.yaml"
    form.write_text(
        form.read_text("utf-8").replace("Available / Maternity", "Available / Maternety"), "utf-8"
    )
    (folder / "infodesk.db").unlink()
    shell = Shell(folder, read.now)
    assert shell.run("stats", "collect", FILE, "--from", "NHSE", *QUARTER) == 1
    assert "has no column 'Available / Maternety'" in shell.out
    assert "Available / Maternity" in shell.out
