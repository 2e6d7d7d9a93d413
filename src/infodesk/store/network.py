"""Whether a file lies on a network share, where SQLite's WAL is unsafe (its shared memory needs one machine)."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "webdav", "davfs"}
    | {"fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "afpfs", "vboxsf", "remote"}
)


class Mount(NamedTuple):
    """A mounted file system: where, of what type, with which options."""

    point: str
    type: str
    options: str = ""


def mounts() -> tuple[Mount, ...]:
    """What is mounted on this machine."""
    import psutil  # noqa: PLC0415  # 20 ms that only the store needs

    return tuple(Mount(p.mountpoint, p.fstype, p.opts) for p in psutil.disk_partitions(all=True))


def is_on_network(path: Path, mounted: Iterable[Mount]) -> bool:
    r"""Whether the path lies on a network share: by its mount, or as \\server\share."""
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return True
    holding = [mount for mount in mounted if _holds(mount.point, text)]
    if not holding:
        return False
    nearest = max(holding, key=lambda mount: len(mount.point))
    return nearest.type.lower() in NETWORK_TYPES or "remote" in nearest.options.split(",")


def _holds(point: str, path: str) -> bool:
    point, path = os.path.normcase(point), os.path.normcase(path)
    return path == point or path.startswith(point.rstrip("/\\") + os.sep) or point == os.sep
