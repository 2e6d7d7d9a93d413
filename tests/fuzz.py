"""`python -m tests.fuzz [SECONDS] [SEED]`: damage workbooks at random for as long as that; what fails is kept in fuzz-found/.

Whatever it finds becomes a test. `make fuzz` runs it for ten minutes, `make fuzz SECONDS=60` for one.
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

from infodesk.workbooks.read import read_book
from infodesk.workbooks.reader import Reader
from tests.workbooks.damage import DAMAGES, flipped, parts_of, repacked, zeroed
from tests.workbooks.made import WRITERS
from tests.workbooks.soundness import Number, numbers, unsound
from tests.workbooks.tables import TABLE

FOUND = Path("fuzz-found")
PACKED = ("xlsx", "xlsm", "strict", "xlsb", "ods")
Case = tuple[str, bytes, set[Number] | None]


def together(chance: random.Random) -> Case:
    """One to five of the known damages on an .xlsx: the numbers must be right."""
    content = WRITERS["xlsx"](TABLE)
    right = numbers(read_book(content))
    names = [chance.choice(sorted(DAMAGES)) for _ in range(chance.randrange(1, 6))]
    for name in names:
        content = DAMAGES[name](content, chance)
    return " + ".join(names), content, right


def inside(chance: random.Random) -> Case:
    """Bytes changed inside a part, with a right checksum: anything but a crash."""
    kind = chance.choice(PACKED)
    parts = parts_of(WRITERS[kind](TABLE))
    name = chance.choice(sorted(parts))
    for _ in range(chance.randrange(1, 6)):
        parts[name] = chance.choice((flipped, flipped, zeroed, _shuffled))(parts[name], chance)
    return f"inside {name} of {kind}", repacked(parts), None


def _shuffled(content: bytes, chance: random.Random) -> bytes:
    """A piece of a part stands somewhere else, too."""
    start, place = chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)
    piece = content[start : start + chance.randrange(200)]
    return content[:place] + piece * chance.choice((1, 1, 50)) + content[place:]


def raw(chance: random.Random) -> Case:
    """Bytes changed in a file of any format: anything but a crash."""
    kind = chance.choice(sorted(WRITERS))
    content = WRITERS[kind](TABLE)
    for _ in range(chance.randrange(1, 8)):
        content = chance.choice((flipped, zeroed, _shuffled))(content, chance)
    return f"bytes of {kind}", content, None


def main(seconds: float, seed: int) -> int:
    """Run; the number of failures."""
    until, count, failures = time.monotonic() + seconds, Counter[str](), 0
    with Reader() as reader:
        while time.monotonic() < until:
            chance = random.Random(seed)
            make = chance.choice((together, inside, raw))
            what, content, right = make(chance)
            wrong = unsound(reader, content, right)
            count[make.__name__] += 1
            if wrong:
                failures += 1
                FOUND.mkdir(exist_ok=True)
                (FOUND / f"{seed}.bin").write_bytes(content)
                sys.stdout.write(f"{seed}: {what}: {wrong}\n")
            seed += 1
    sys.stdout.write(f"{dict(count)}, {failures} failures, next seed {seed}\n")
    return failures


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    sys.exit(1 if main(float(given.get(1, "600")), int(given.get(2, "0"))) else 0)
