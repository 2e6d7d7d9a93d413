"""How much one file may cost; tests lower these and watch what happens."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What reading one file may take. Sizes in bytes, time in seconds.

    A workbook of 100,000 rows of 15 columns unpacks to 61 MB, ten times its size; the widest ratio seen in
    honest files is about 100 (rows that are formatted and empty).
    """

    seconds: float = 9.0  # one file, from handing it over to the last row
    memory: int = 900 * MIB  # of the process that reads
    file: int = 100 * MIB  # as it lies on the disk
    unpacked: int = 400 * MIB  # all parts of a package together
    ratio: int = 200  # unpacked to packed, once there are more than `unpacked_freely`
    unpacked_freely: int = 20 * MIB
    parts: int = 5_000  # files in a package or an archive
    cells: int = 5_000_000  # of the rectangle from A1 to the last cell of a sheet


LIMITS = Limits()
