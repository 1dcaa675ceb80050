"""`dev.py sign-catalogue`: keys that are made once, and updates the program will use."""

from datetime import UTC, datetime, timedelta

import pytest

from house import signing
from notifier.catalogue.seal import opened
from notifier.catalogue.update import read

NOW = datetime.now(UTC)


@pytest.fixture
def key(tmp_path, capsys):
    file = tmp_path / "release.pem"
    assert signing.main(["--key", str(file), "--new"]) == 0
    capsys.readouterr()
    return file


def test_a_key_is_made_for_its_owner_alone_and_never_over_another(key, capsys):
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    assert signing.main(["--key", str(key), "--new"]) == 1
    assert key.read_bytes() == before
    assert "exists" in capsys.readouterr().err


def test_what_is_signed_is_the_catalogue_with_a_head_of_this_minute(key, tmp_path, capsys):
    out = tmp_path / "catalogue.signed"
    assert signing.main(["--key", str(key), "--days", "30", str(signing.BUILT_IN), str(out)]) == 0
    public = capsys.readouterr().out.split()[2]
    payload, name = opened(out.read_bytes(), {public})
    head, _ = read(payload)
    assert name == public
    assert payload.startswith(signing.BUILT_IN.read_bytes().rstrip())
    assert timedelta() <= head.made - NOW + timedelta(seconds=1) < timedelta(minutes=5)
    assert head.expires - head.made == timedelta(days=30)
    assert head.number == int(f"{head.made:%Y%m%d%H%M}")


def test_what_the_program_would_refuse_is_not_signed(key, tmp_path, capsys):
    wrong = tmp_path / "catalogue.toml"
    wrong.write_text('version = 1\n[[service]]\nid = "x"\n')
    out = tmp_path / "catalogue.signed"
    assert signing.main(["--key", str(key), str(wrong), str(out)]) == 1
    assert 'service "x"' in capsys.readouterr().err
    assert signing.main(["--key", str(key), "--days", "500", str(signing.BUILT_IN), str(out)]) == 1
    assert not out.exists()


def test_without_a_key_nothing_is_signed(tmp_path, capsys):
    assert signing.main(["--key", str(tmp_path / "none.pem")]) == 1
    assert "none.pem" in capsys.readouterr().err
