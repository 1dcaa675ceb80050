"""The launch agent of a Mac, as far as files go; no Mac has tried it."""

import plistlib

import pytest

from notifier.autostart import Barred, Off, On, Refused, Stale
from notifier.autostart.macos import MacOS, agent
from tests.autostart.account import mode


@pytest.fixture
def mac(account):
    return MacOS(account.environment, lambda: (str(account.program),))


@pytest.fixture
def plist(account):
    return account.home / "Library" / "LaunchAgents" / "ai-notifier.plist"


def test_on_writes_an_agent_for_the_next_login_and_off_removes_it(mac, plist, account):
    assert mac.status() == Off()
    mac.on()
    assert mac.status() == On(str(account.program))
    assert plistlib.loads(plist.read_bytes()) == {
        "Label": "ai-notifier",
        "ProgramArguments": [str(account.program)],
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
    }
    assert mode(plist) == 0o600
    mac.off()
    assert mac.status() == Off()
    assert not plist.exists()


def test_an_agent_whose_program_has_gone_is_stale(mac, account):
    mac.on()
    account.program.unlink()
    assert mac.status() == Stale(str(account.program), gone=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a plist",
        b"<plist><dict><key>Label</key>",
        plistlib.dumps(["ai-notifier"]),
        plistlib.dumps({"Label": "somebody.else", "ProgramArguments": ["/bin/x"]}),
        plistlib.dumps({"Label": "ai-notifier", "ProgramArguments": "/bin/x"}),
        b'<!DOCTYPE x [<!ENTITY a "b">]><plist><string>&a;</string></plist>',
    ],
)
def test_what_is_not_ours_stays_as_it_is(mac, plist, body):
    plist.parent.mkdir(parents=True)
    plist.write_bytes(body)
    assert isinstance(mac.status(), Barred)
    for ask in (mac.on, mac.off):
        with pytest.raises(Refused, match="stays as it is"):
            ask()
    assert plist.read_bytes() == body


@pytest.mark.parametrize("name", ["a b", "ü", "<a&b>", '"'])
def test_names_are_written_as_they_are(name):
    told = plistlib.loads(agent([f"/Applications/{name}", "tray"]).encode())
    assert told["ProgramArguments"] == [f"/Applications/{name}", "tray"]


@pytest.mark.parametrize("name", ["a\x1bb", "\udcff"])
def test_a_name_that_cannot_be_written_is_refused(name):
    with pytest.raises(Refused, match="cannot start"):
        agent([f"/Applications/{name}"])
