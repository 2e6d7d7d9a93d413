"""What the extra `infodesk[office]` gives: pandoc, typst, pictures of charts, and a Chinese font."""

from importlib.util import find_spec
from pathlib import Path

MODULES = ("pypandoc", "typst", "vl_convert", "pylopdf_fonts_zh_cn")

# Fonts of the usual systems first, the packaged one last: one of them is always there.
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Sans SC")


def has_office() -> bool:
    """Whether all of it is installed."""
    return all(find_spec(module) is not None for module in MODULES)


def font_folder() -> Path:
    """Where the packaged fonts lie."""
    spec = find_spec(MODULES[-1])
    assert spec is not None, "asked only where office is installed"
    assert spec.origin is not None, "a package with files"
    return Path(spec.origin).parent
