"""System packages: what Qt and the test desktop need, what is missing, and how it is had."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from house.children import follow
from house.words import Progress, Trouble, say

ROOT = Path(__file__).resolve().parent.parent
RIG = ROOT / "tests" / "rig"
PACKAGE_LIST = RIG / "apt-packages.txt"
OS_RELEASE = Path("/etc/os-release")

RIG_PROGRAMS = (
    "Xvfb",
    "dbus-daemon",
    "dunst",
    "gdbus",
    "gnome-keyring-daemon",
    "import",
    "openbox",
    "xfce4-panel",
    "xprop",
)
"""Programs without which the test desktop cannot start; names hold on every distribution."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing needed, under each name some release of the distribution has for it."""

    names: tuple[str, ...]

    def met_by(self, installed: Collection[str]) -> bool:
        """Whether any of its names is installed."""
        return any(name in installed for name in self.names)


def has_screen(environ: "os._Environ[str] | dict[str, str]", platform: str) -> bool:
    """Whether a window could be shown: always on Windows and macOS, else if a server is named."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def parse_os_release(text: str) -> dict[str, str]:
    """Keys and unquoted values of an os-release file."""
    found = re.findall(r"""^([A-Z_]+)=(["']?)(.*?)\2\s*$""", text, flags=re.MULTILINE)
    return {key: value for key, _, value in found}


def is_debian_family(release: dict[str, str]) -> bool:
    """Whether apt-get and Debian's package names can be expected."""
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(family & {"debian", "ubuntu"})


def parse_packages(text: str, sections: Collection[str]) -> tuple[Need, ...]:
    """The needs listed under the given `[section]` headings; `a | b` means either name."""
    needs: list[Need] = []
    wanted = False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            wanted = line.strip("[]") in sections
        elif line and wanted:
            needs.append(Need(tuple(name.strip() for name in line.split("|"))))
    return tuple(needs)


def parse_installed(text: str) -> frozenset[str]:
    """Names of installed packages, from lines of `name status` (see `_missing`)."""
    pairs = (line.split() for line in text.splitlines())
    return frozenset(pair[0] for pair in pairs if pair[1:] == ["installed"])


def parse_candidates(text: str) -> frozenset[str]:
    """Names that `apt-cache policy` can install."""
    return frozenset(re.findall(r"^(\S+):\n.*\n +Candidate: (?!\(none\))", text, re.MULTILINE))


def choose_names(needs: Iterable[Need], known: Collection[str]) -> tuple[str, ...]:
    """One name per need: the first that apt knows, else the first at all."""
    return tuple(
        next((name for name in need.names if name in known), need.names[0]) for need in needs
    )


def install_command(names: Sequence[str], *, sudo: bool) -> str:
    """The one line a person can paste."""
    prefix = "sudo " if sudo else ""
    return f"{prefix}apt-get install --no-install-recommends {' '.join(names)}"


def rig_trouble() -> str | None:
    """Why the test desktop cannot be started here, or None if it can."""
    if not sys.platform.startswith("linux"):
        return f"the test desktop is made of Linux programs; this is {sys.platform}"
    absent = [name for name in RIG_PROGRAMS if shutil.which(name) is None]
    if absent:
        return f"the test desktop lacks {', '.join(absent)}"
    probe = subprocess.run(
        ["/usr/bin/python3", "-c", "import jeepney"], check=False, capture_output=True
    )
    return "the test desktop lacks python3-jeepney" if probe.returncode else None


def ensure_packages(*sections: str) -> None:
    """Install what is missing of these sections of tests/rig/apt-packages.txt, or say the command.

    Only root on Debian and its kin installs; nobody else's system is touched, and sudo is never
    called from here. Goes on either way: what works without the packages shall work.
    """
    if not sys.platform.startswith("linux") or not _on_debian():
        return
    missing = _missing(parse_packages(PACKAGE_LIST.read_text("utf-8"), sections))
    if not missing:
        return
    if os.geteuid() == 0:
        _install(missing)
        return
    names = choose_names(missing, _known(missing))
    say(f"System packages are missing ({len(names)}). Going on without; to have them, run:")
    say(f"  {install_command(names, sudo=True)}")


def ensure_venv_module() -> None:
    """Make sure that `python -m venv` can work; Debian ships it as a package of its own.

    Raises Trouble with the command to run where we may not install it.
    """
    if _has_ensurepip():
        return
    if not _on_debian():
        raise Trouble(
            f"{sys.executable} lacks the ensurepip module, so no .venv can be made.\n"
            "Install your system's package for Python's venv, then run this again."
        )
    need = Need((f"python3.{sys.version_info.minor}-venv", "python3-venv"))
    if os.geteuid() == 0:
        _install([need])
    if not _has_ensurepip():
        command = install_command(choose_names([need], _known([need])), sudo=os.geteuid() != 0)
        raise Trouble(f"Python's venv module is missing. Run this, then again:\n  {command}")


def _on_debian() -> bool:
    return OS_RELEASE.exists() and is_debian_family(parse_os_release(OS_RELEASE.read_text("utf-8")))


def _has_ensurepip() -> bool:
    # Asked of a new process: this one has looked already and remembers that it was not there.
    asked = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def _missing(needs: Iterable[Need]) -> list[Need]:
    wanted = list(needs)
    names = [name for need in wanted for name in need.names]
    asked = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    answer = subprocess.run(asked, check=False, capture_output=True, text=True)
    installed = parse_installed(answer.stdout)
    return [need for need in wanted if not need.met_by(installed)]


def _known(needs: Iterable[Need]) -> frozenset[str]:
    names = [name for need in needs for name in need.names]
    answer = subprocess.run(
        ["apt-cache", "policy", *names],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"LC_ALL": "C"},
    )
    return parse_candidates(answer.stdout)


def _install(needs: Sequence[Need]) -> None:
    say(f"Installing system packages with apt-get ({len(needs)} are missing)…")
    progress = Progress()
    _apt(["update", "-q"], progress, "Reading apt's package lists")
    names = choose_names(needs, _known(needs))
    _apt(["install", "-y", "-q", "--no-install-recommends", *names], progress, "Asking apt")
    progress.end("System packages are installed")


def _apt(arguments: Sequence[str], progress: Progress, subject: str) -> None:
    steps = AptSteps(subject)

    def tick() -> None:
        progress.show(steps.subject, steps.detail)

    status, said = follow(
        # Another apt may run at the same time (a fresh machine often upgrades itself).
        ["apt-get", "-o", "DPkg::Lock::Timeout=300", *arguments],
        on_line=steps.read,
        on_tick=tick,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
    )
    if status:
        errors = [line for line in said if line.startswith("E:")] or said[-3:]
        raise Trouble(
            f"apt-get {arguments[0]} failed:\n  "
            + "\n  ".join(errors)
            + f"\nPut that right (often: the network), or run it by hand:\n  "
            f"apt-get update && apt-get {' '.join(arguments)}"
        )


class AptSteps:
    """Reads apt-get's lines and knows where it stands."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.detail = ""
        self._total = 0
        self._done = 0

    def read(self, line: str) -> None:
        """Take one line of apt-get's output."""
        if found := re.search(r"(\d+) newly installed", line):
            self._total = int(found[1])
        elif found := re.match(r"Need to get (\S+ \S+?)(/| of)", line):
            self.subject = f"Fetching {self._total} system packages, {found[1]}"
        elif line.startswith("Setting up "):
            self._done += 1
            self.subject = "Setting up system packages"
            self.detail = f": {self._done} of {self._total}"
