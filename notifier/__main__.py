"""The first fork: the tray program, or a command of the terminal. Neither loads the other."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

if not __package__:
    # Started by its own path, as at login: the package lies above, whatever the folder and PATH.
    sys.path.insert(0, str(Path(__file__).parent.parent))


def main() -> int:
    """Run what the command line asks for; the exit code."""
    arguments = sys.argv[1:]
    if arguments == [_ASK_KEY_STORE] and getattr(sys, "frozen", False):
        return _key_child()
    if arguments == [_SEND_PUSH] and getattr(sys, "frozen", False):
        return _push_child()
    if _wants_tray(arguments):
        return tray(arguments)
    return _command()


_ASK_KEY_STORE = "ask-key-store"
"""How a frozen program starts itself to ask the key store (storage/key_store.py)."""


_SEND_PUSH = "send-push"
"""How it starts itself to send a message (relays/push.py)."""


def _key_child() -> int:
    from notifier.storage import key_child

    return key_child.main()


def _push_child() -> int:
    from notifier.relays import push_child

    return push_child.main()


def _command() -> int:
    """A command of the terminal.

    Python's collector of garbage rests while the command is loaded, and leaves alone at the end
    what is loaded: there is none in it, and looking took a tenth of what a short command takes.
    """
    gc.disable()
    try:
        from notifier import cli

        cli.main(prog_name="notifier")
    finally:
        gc.freeze()
    return 0


def tray(arguments: Sequence[str] | None = None) -> int:
    """The tray program, or a rehearsal in the tray."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    from notifier.tray import (
        lean_qt,  # noqa: F401 - before anything that imports Qt
        start,  # isort: split
    )

    if _words(arguments)[:1] == ["rehearse"]:
        return start.rehearse(arguments)
    return start.tray(_profile(arguments))


def _wants_tray(arguments: Sequence[str]) -> bool:
    """Whether Qt is to be loaded: no command at all, `tray`, or `rehearse … --tray`.

    Whoever asks for help, or leaves out which profile is meant, gets an answer in the terminal.
    """
    if any(word in ("-h", "--help", "--version") for word in arguments):
        return False
    if arguments and arguments[-1] == "--profile":
        return False
    words = _words(arguments)
    if words[:1] == ["rehearse"]:
        return "--tray" in arguments
    return words in ([], ["tray"]) and not _unknown_options(arguments)


def _words(arguments: Sequence[str]) -> list[str]:
    """What is neither an option nor the value of `--profile`."""
    words, skip = [], False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == "--profile":
            skip = True
        elif not argument.startswith("-"):
            words.append(argument)
    return words


def _unknown_options(arguments: Sequence[str]) -> bool:
    return any(a.startswith("-") and a.partition("=")[0] != "--profile" for a in arguments)


def _profile(arguments: Sequence[str]) -> Path | None:
    for place, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if name == "--profile" and given:
            return Path(value)
        if name == "--profile" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
    return None


if __name__ == "__main__":
    sys.exit(main())
