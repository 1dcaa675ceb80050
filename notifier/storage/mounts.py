"""Whether a path lies on a disk of this computer. Linux tells; other systems do not."""

import sys
from pathlib import Path

# File systems whose disk other computers write to as well.
_REMOTE = frozenset(
    {
        "9p",
        "afs",
        "auristorfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
_MOUNTS = Path("/proc/self/mountinfo")


def is_local(path: Path) -> bool:
    """Whether `path` lies on a disk of this computer; where nobody tells, it does not."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return file_system(path.resolve(), mounts) not in (_REMOTE | {None})


def file_system(path: Path, mounts: list[str]) -> str | None:
    """The type of the file system `path` lies on, by lines as of /proc/self/mountinfo.

    Format: https://docs.kernel.org/filesystems/proc.html#proc-pid-mountinfo
    """
    found: tuple[int, str] | None = None
    for line in mounts:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = Path(_unescaped(fields[4]))
        depth = len(point.parts)
        # The last of several mounts over one place is the one in sight.
        if path.is_relative_to(point) and (found is None or depth >= found[0]):
            found = depth, after.split()[0]
    return None if found is None else found[1]


def _unescaped(point: str) -> str:
    """The kernel writes space, tab, line end and backslash as octal."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
