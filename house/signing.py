"""Keys and signatures for updates of the catalogue.

usage: python -m house.signing, in an environment of the program; `dev.py sign-catalogue` starts it.
"""

import argparse
import os
import sys
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from house.system import ROOT
from notifier.catalogue import CatalogueError
from notifier.catalogue.seal import sealed
from notifier.catalogue.update import LONGEST_LIFE, laid_over, read

BUILT_IN = ROOT / "resources" / "catalogue.toml"
SIGNED = ROOT / "dist" / "catalogue.signed"


def main(words: Sequence[str]) -> int:
    """Sign, or make a key; exit status 1 where that cannot be."""
    wanted = _parser().parse_args(words)
    try:
        if wanted.new:
            make_key(wanted.key)
        key = read_key(wanted.key)
        print(f"public key: {public(key)}")
        if not wanted.new:
            payload = payload_of(wanted.catalogue.read_bytes(), datetime.now(UTC), wanted.days)
            wanted.out.parent.mkdir(parents=True, exist_ok=True)
            wanted.out.write_bytes(signed(payload, key))
            head, _ = read(payload)
            print(f"{wanted.out}: number {head.number}, good until {head.expires:%Y-%m-%d}")
    except (OSError, ValueError, CatalogueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py sign-catalogue")
    parser.add_argument("--key", type=Path, required=True, help="the private key, a file of yours")
    parser.add_argument("--new", action="store_true", help="make that key, and sign nothing")
    parser.add_argument("--days", type=int, default=90, help="how long the update is good")
    parser.add_argument("catalogue", type=Path, nargs="?", default=BUILT_IN)
    parser.add_argument("out", type=Path, nargs="?", default=SIGNED)
    return parser


def make_key(file: Path) -> None:
    """A new private key in a new file, for its owner alone; one that is there is not replaced."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(pem)


def read_key(file: Path) -> Ed25519PrivateKey:
    """The private key in `file`; raises ValueError where it is another kind."""
    key = load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file} holds no key of Ed25519; make one with --new.")  # noqa: TRY004
    return key


def public(key: Ed25519PrivateKey) -> str:
    """The public half, as [catalogue] keys and notifier/catalogue/keys.py name it."""
    return b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def payload_of(catalogue: bytes, at: datetime, days: int) -> bytes:
    """A catalogue with the head of an update behind it, if the program would use it.

    The number is the minute: it grows by itself, and nobody has to remember the last one.
    """
    if not 0 < days <= LONGEST_LIFE.days:
        raise ValueError(f"An update is good for 1 to {LONGEST_LIFE.days} days.")
    made = at.replace(microsecond=0)
    head = (
        f"\n[update]\nnumber = {made:%Y%m%d%H%M}\n"
        f"made = {made.isoformat()}\nexpires = {(made + timedelta(days=days)).isoformat()}\n"
    )
    payload = catalogue.rstrip(b"\n") + b"\n" + head.encode()
    laid_over(BUILT_IN.read_bytes(), read(payload)[1])
    return payload


def signed(payload: bytes, key: Ed25519PrivateKey) -> bytes:
    """The signed file."""
    return sealed(payload, key.public_key().public_bytes_raw(), key.sign)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
