"""What settings.toml says, and what a person is told of what it should not say."""

import os
import sys
from datetime import UTC, time
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from notifier.catalogue import load, resolve
from notifier.model.health import Health
from notifier.model.settings import Calm, Choices, Quiet, Watched, WatchedProbe
from notifier.model.settings_words import Level
from notifier.storage.places import resource
from notifier.storage.settings_file import SettingsUnreadable, fingerprint, read

# The example of the documentation; only its "…" is an address here.
DOCUMENTED = """\
version = 1

[polling]
interval = "60s"                  # a quiet source; 30s to 1h

[notify]
level = "all"                     # all | outages | none
quiet = [{ from = "22:00", to = "07:00", days = ["mon", "tue", "wed", "thu", "fri"], \
allow = "major_outage" }]   # the least state that passes; "none"

[network]
proxy = "system"                  # system | none | http://host:port
ca = "/path/to/extra.pem"         # optional
references = ["https://neutral.example/"]    # neutral hosts asked only in doubt

[[service]]
id = "chatgpt"                    # known to the catalogue: an id is enough

[[service]]
id = "claude"
label = "Claude for writing"      # optional; the same id may stand twice with different parts
parts = ["claude.ai", "Claude Code"]      # components that matter; default: the catalogue's preset
fallbacks = ["chatgpt", "ollama"]         # preferred order; default: ranked by the program
notify = "outages"

[[service]]                       # not in the catalogue
id = "campus-llm"
name = "Campus LLM"
home = "https://llm.example.edu/"
can = ["chat", "coding"]
status = "https://status.example.edu/"    # a page or a feed; the engine is found by looking
engine = "statuspage"                     # optional, skips the looking
status_auth = "none"                      # as auth below; `{key}` in an address stands for the \
secret
runs_on = ["azure"]
probe = { url = "https://llm.example.edu/v1/models", auth = "bearer", key = "campus-llm" }
"""


@pytest.fixture
def settings(tmp_path):
    """Write settings.toml and read it: what was chosen, and what was complained of."""

    def written(text):
        path = tmp_path / "settings.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        choices, complaints = read(path)
        return choices, [str(complaint) for complaint in complaints]

    return written


def test_no_file_is_nothing_chosen(tmp_path):
    assert read(tmp_path / "settings.toml") == (Choices(), ())
    assert list(tmp_path.iterdir()) == [], "reading writes nothing"


def test_the_documented_example_is_understood_whole(settings):
    choices, complaints = settings(DOCUMENTED)
    assert complaints == []
    workdays = frozenset({0, 1, 2, 3, 4})
    assert choices == Choices(
        watched=(
            Watched("chatgpt", line=15),
            Watched(
                "claude",
                label="Claude for writing",
                parts=("claude.ai", "Claude Code"),
                fallbacks=("chatgpt", "ollama"),
                notify=Level.OUTAGES,
                line=18,
            ),
            Watched(
                "campus-llm",
                name="Campus LLM",
                home="https://llm.example.edu/",
                can=("chat", "coding"),
                status="https://status.example.edu/",
                engine="statuspage",
                runs_on=("azure",),
                probe=WatchedProbe("https://llm.example.edu/v1/models", "bearer", "campus-llm"),
                line=25,
            ),
        ),
        quiet=(Quiet(time(22), time(7), workdays, Health.MAJOR_OUTAGE),),
        ca="/path/to/extra.pem",
        references=("https://neutral.example/",),
    )


def test_a_status_file_lies_where_it_is_told_to_and_nowhere_unasked(settings):
    choices, complaints = settings('[status_file]\npath = "~/.cache/ai-notifier/status.json"')
    assert complaints == []
    assert choices.status_file == str(Path.home() / ".cache" / "ai-notifier" / "status.json")
    assert settings("")[0].status_file is None


def test_the_documented_example_needs_nothing_the_catalogue_lacks(settings):
    choices, _ = settings(DOCUMENTED)
    resolved, complaints = resolve(choices, load(resource("catalogue.toml")), UTC)
    assert complaints == ()
    assert [service.key for service in resolved.services] == ["chatgpt", "claude", "campus-llm"]
    assert [part.name for part in resolved.by_key["claude"].parts] == ["claude.ai", "Claude Code"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            '[polling]\ninterval = "5s"',
            'line 2: "interval" must be between 30s and 1h; it says "5s".',
        ),
        (
            '[polling]\ninterval = "2h"',
            'line 2: "interval" must be between 30s and 1h; it says "2h".',
        ),
        (
            "[polling]\ninterval = -1",
            (
                'line 2: "interval" must be a time such as "60s" or "5m", between 30s and 1h; it '
                "says -1."
            ),
        ),
        (
            '[polling]\n\n# a\ninterval = "abc"',
            (
                'line 4: "interval" must be a time such as "60s" or "5m", between 30s and 1h; it '
                'says "abc".'
            ),
        ),
        ("polling = 5", 'line 1: "polling" must be a table; it says 5.'),
        (
            'notify.level = "loud"',
            'line 1: "level" must be "all", "outages" or "none"; it says "loud".',
        ),
        (
            "notify.level = true",
            'line 1: "level" must be "all", "outages" or "none"; it says true.',
        ),
        ("notify.updates = 1", 'line 1: "updates" must be true or false; it says 1.'),
        (
            'notify.repeat = "2h"',
            'line 1: "repeat" must be "never", "1h" or "4h"; it says "2h".',
        ),
        (
            "notify.ceiling = 2",
            'line 1: "ceiling" must be a whole number between 3 and 100; it says 2.',
        ),
        ('notify.sound = "on"', 'line 1: "sound" must be true or false; it says "on".'),
        (
            '[notify]\nquiet = [\n{ from = "22:00", to = "07:00" },\n{ from = "25:00", to = "7" }]',
            (
                'line 4: "from" must be a time of day such as "22:00"; it says "25:00".\n'
                'settings.toml, line 4: "to" must be a time of day such as "22:00"; it says "7".'
            ),
        ),
        (
            '[notify]\nquiet = [{ from = "22:00" }]',
            'line 2: "to" is missing; these quiet hours are left out.',
        ),
        (
            '[notify]\nquiet = [{ from = "22:00", to = "22:00" }]',
            'line 2: "from" and "to" must differ; these quiet hours are left out.',
        ),
        (
            '[notify]\nquiet = "nights"',
            'line 2: "quiet" must be written as [{ from = …, to = … }].',
        ),
        (
            '[network]\nproxy = "socks5://me:secret@host:1"',
            (
                'line 2: "proxy" must be "system", "none" or http://host:port; it says '
                '"socks5://…@host:1".'
            ),
        ),
        (
            '[network]\nproxy = "http://host"',
            'line 2: "proxy" must be "system", "none" or http://host:port; it says "http://host".',
        ),
        (
            '[network]\nreferences = [\n"https://one.test/",\n"two"]',
            (
                'line 4: each of "references" must be an address that begins with https:// or '
                'http://; it says "two".'
            ),
        ),
        ('[network]\nca = ""', 'line 2: "ca" must be the path of a file; it says "".'),
        ("[[service]]\nlabel = 'x'", 'line 1: "id" is missing; this service is left out.'),
        (
            '[[service]]\nid = "a b"',
            (
                'line 2: "id" must be a word of letters, digits, ".", "_" and "-", such as '
                '"chatgpt"; it says "a b".'
            ),
        ),
        (
            '[[service]]\nid = "a"\n[[service]]\nid = "b"\nhome = "javascript:alert(1)"',
            (
                'line 5: "home" must be an address that begins with https:// or http://; it says '
                '"javascript:alert(1)".'
            ),
        ),
        (
            '[[service]]\nid = "a"\nlabel = "two\\nlines"',
            (
                'line 3: "label" must be one line of text without control characters; it says '
                '"two\N{REPLACEMENT CHARACTER}lines".'
            ),
        ),
        ('[service]\nid = "a"', 'line 1: "service" must be written as [[service]], one for each.'),
        (
            '[[service]]\nid = "a"\nengine = "statuspage"',
            'line 3: "engine" needs "status" beside it; it has no effect.',
        ),
        (
            '[[service]]\nid = "a"\nprobe = { auth = "none" }',
            'line 3: "url" is missing; this probe is left out.',
        ),
        ('[[service]]\nid = "a"\nprobe = 1', 'line 3: "probe" must be a table; it says 1.'),
        (
            '[[service]]\nid = "a"\nprobe = { url = "https://a.test/", key = "sk-live-123" }',
            'line 3: "key" must be the name of an entry in the key store, never the key itself.',
        ),
        (
            '[[service]]\nid = "a"\nstatus = "status.test/?token=hush"',
            (
                'line 3: "status" must be an address that begins with https:// or http://; it says '
                '"status.test/?…".'
            ),
        ),
        (
            '[[service]]\nid = "a"\nstatus = "htp://status.test/?token=hush"',
            (
                'line 3: "status" must be an address that begins with https:// or http://; it says '
                '"htp://status.test/?…".'
            ),
        ),
        (
            '[status_file]\npath = "status.json"',
            (
                'line 2: "path" must be the path of a file that begins with / or ~; it says '
                '"status.json".'
            ),
        ),
        (
            '[status_file]\npath = "/tmp/"',
            'line 2: "path" must be the path of a file that begins with / or ~; it says "/tmp/".',
        ),
        ("[status_file]\n", 'line 1: "path" is missing; no status file is written.'),
        ("status_file = 1", 'line 1: "status_file" must be a table; it says 1.'),
        ('version = "one"', 'line 1: "version" must be a whole number, such as 1; it says "one".'),
        ("version = 0", 'line 1: "version" must be a whole number, such as 1; it says 0.'),
        (
            '[polling]\nintervall = "60s"',
            (
                'line 2: "intervall" is not a setting this version knows; it is kept. Did you mean '
                '"interval"?'
            ),
        ),
    ],
)
def test_a_wrong_value_is_named_once_with_its_line(settings, wrong, says):
    choices, complaints = settings(f'{wrong}\n[[other]]\nid = "kept"\n')
    about_it = [one for one in complaints if '"other"' not in one]
    assert "\n".join(about_it) == f"settings.toml, {says}"
    assert choices.interval == 60
    assert choices.level is Level.ALL
    assert choices.sound is False
    assert choices.status_file is None


def test_sound_is_off_unless_it_is_asked_for(settings):
    assert settings("version = 1\n")[0].sound is False
    assert settings("[notify]\nsound = true\n")[0].sound is True


def test_calm_is_what_nobody_has_to_ask_for(settings):
    assert settings("version = 1\n")[0].calm == Calm()
    said = settings('[notify]\nupdates = true\nrepeat = "4h"\nceiling = 6\n')[0].calm
    assert said == Calm(updates=True, repeat=4 * 3600.0, ceiling=6)


@pytest.mark.parametrize(
    "address",
    [
        "https://{key}.example.edu/",
        "https://me:{key}@example.edu/",
        "https://{key}@example.edu/{key}",
        "https://example.edu:{key}/",
        "https://{key}",
        "https://{key}\\\\example.edu/",
        "{key}://example.edu/",
    ],
)
@pytest.mark.parametrize("key", ["status", "probe.url"])
def test_a_key_has_no_place_in_the_name_of_a_host(settings, key, address):
    """Names are looked up in the clear, and a name before an `@` is sent to whoever answers."""
    choices, (complaint,) = settings(f'[[service]]\nid = "a"\n{key} = "{address}"')
    assert choices.watched[0].status is None
    assert choices.watched[0].probe is None
    assert "an address" in complaint


def test_after_it_a_key_may_stand(settings):
    choices, complaints = settings(
        '[[service]]\nid = "a"\nstatus = "https://a.test/{key}/feed?t={key}"\n'
        'probe = { url = "https://a.test/?k={key}", auth = "bearer" }'
    )
    assert choices.watched[0].status == "https://a.test/{key}/feed?t={key}"
    assert complaints == []


def test_the_names_of_keys_are_names(settings):
    choices, complaints = settings('[keys]\nkept = ["campus-llm", "sk-canary-12345", "a b"]')
    assert choices.keys == ("campus-llm",)
    assert len(complaints) == 1
    assert "canary" not in complaints[0]


def test_the_rest_of_the_file_still_works(settings):
    choices, complaints = settings(
        DOCUMENTED.replace('"60s"', '"5s"').replace('"chat", "coding"', '"chat", "cooking"')
    )
    assert len(complaints) == 2
    assert choices.interval == 60
    assert choices.watched[2].can == ("chat",)
    assert choices.watched[1].label == "Claude for writing"


def test_several_wrong_words_of_one_list_are_one_complaint(settings):
    choices, complaints = settings('[[service]]\nid = "a"\ncan = ["x", "chat", "y", "z"]')
    assert len(complaints) == 1
    assert choices.watched[0].can == ("chat",)


def test_a_list_with_nothing_right_in_it_counts_as_not_said(settings):
    choices, complaints = settings(
        '[network]\nreferences = ["no"]\n[notify]\n'
        'quiet = [{ from = "22:00", to = "07:00", days = ["monday"] }]'
    )
    assert len(complaints) == 2
    assert choices.references is None, "the shipped ones"
    assert choices.quiet[0].days == frozenset(range(7))


def test_no_references_at_all_may_be_wanted(settings):
    assert settings("[network]\nreferences = []")[0].references == ()


def test_quiet_hours_let_nothing_pass_unless_said(settings):
    choices, _ = settings(
        '[notify]\nquiet = [{ from = "22:00", to = "07:00" },'
        '{ from = "12:00", to = "13:30", allow = "none" }]'
    )
    assert [hours.allow for hours in choices.quiet] == [None, None]
    assert choices.quiet[1].ends == time(13, 30)


def test_an_unknown_key_is_mentioned_once_however_often_it_stands_there(settings):
    choices, complaints = settings(
        '[[service]]\nid = "a"\ncolour = 1\n[[service]]\nid = "b"\ncolour = 2\n[paint]\nx = 1'
    )
    assert complaints == [
        'settings.toml, line 3: "colour" is not a setting this version knows; it is kept.',
        'settings.toml, line 7: "paint" is not a setting this version knows; it is kept.',
    ]
    assert [watched.id for watched in choices.watched] == ["a", "b"]


def test_a_newer_file_is_read_as_far_as_it_is_understood(settings):
    choices, complaints = settings('version = 2\nbrand_new = true\n[[service]]\nid = "a"\nz = 1')
    assert [watched.id for watched in choices.watched] == ["a"]
    assert len(complaints) == 1
    assert "line 1: a newer program wrote this file (version 2" in complaints[0]


def test_a_proxy_and_a_relative_certificate(settings, tmp_path):
    choices, complaints = settings('[network]\nproxy = "http://10.0.0.1:3128/"\nca = "extra.pem"')
    assert complaints == []
    assert choices.proxy == "http://10.0.0.1:3128"
    assert choices.ca == str(tmp_path / "extra.pem")


def test_an_editor_of_windows_may_have_saved_it(settings):
    choices, complaints = settings(
        b"\xef\xbb\xbfversion = 1\r\n\r\n[[service]]\r\n"
        b'id = "chatgpt"\r\n[polling]\r\ninterval=1\r\n'
    )
    assert [watched.id for watched in choices.watched] == ["chatgpt"]
    assert complaints[0].startswith("settings.toml, line 6: ")


# ----------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"version = 1\n[polling\n",
            "settings.toml, line 2, column 9: this is not TOML (",
        ),
        (b'version = 1\n\nx = "', "settings.toml, line 3, its end: this is not TOML ("),
        (
            b"# caf\xe9\n",
            (
                "settings.toml, line 1: this is not text in UTF-8; save it as UTF-8, or move the "
                "file away to start afresh."
            ),
        ),
        ("version = 1".encode("utf-16"), "settings.toml, line 1: this is not text in UTF-8"),
        (bytes(4096), "settings.toml holds only zero bytes"),
        (b"a = " + b"[" * 100_000, "settings.toml"),
        (b"#" * (1 << 21), "settings.toml cannot be read, because it is larger than 1 MiB"),
        (b"<html><body>404</body></html>", "settings.toml, line 1, column 1: this is not TOML"),
        (b"\x7fELF\x02\x01\x01\x00", "settings.toml, line 1, column 1: this is not TOML"),
    ],
    ids=["half", "cut", "latin-1", "utf-16", "zeros", "deep", "huge", "html", "binary"],
)
def test_a_file_that_says_nothing_is_named_in_one_sentence(settings, content, says):
    with pytest.raises(SettingsUnreadable) as caught:
        settings(content)
    sentence = str(caught.value)
    assert sentence.startswith(says)
    assert sentence.endswith("afresh.")
    assert sentence.isprintable()
    assert len(sentence) < 400


def test_a_folder_in_its_place(tmp_path):
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(SettingsUnreadable, match="because it is a folder; move it away"):
        read(tmp_path / "settings.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_in_its_place_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "settings.toml")
    with pytest.raises(SettingsUnreadable, match="it is not a file"):
        read(tmp_path / "settings.toml")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
def test_a_file_one_may_not_read(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    path.write_text("version = 1")

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("notifier.storage.whole_file.os.open", refuse)
    with pytest.raises(SettingsUnreadable, match=r"cannot be read \(Permission denied\)"):
        read(path)


@given(st.binary(max_size=200))
def test_whatever_lies_there_is_read_or_refused_in_words(tmp_path_factory, content):
    path: Path = tmp_path_factory.mktemp("any") / "settings.toml"
    path.write_bytes(content)
    assert _said(path).startswith("settings.toml")


def _said(path: Path) -> str:
    try:
        read(path)
    except SettingsUnreadable as refused:
        return str(refused)
    return "settings.toml was read"


WORDS = st.sampled_from(
    [
        *("version", "polling", "interval", "notify", "quiet", "service", "id", "probe", "can"),
        *("push", "name", "reasons", "hook", "run", "timeout", "address", "x"),
    ]
)
ODD = st.recursive(
    st.integers() | st.floats() | st.text(max_size=9) | st.booleans() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, ODD, max_size=5))
def test_whatever_it_says_each_complaint_has_a_line_of_the_file(tmp_path_factory, document):
    path = tmp_path_factory.mktemp("odd") / "settings.toml"
    text = tomlkit.dumps(document)
    path.write_bytes(text.encode())
    choices, complaints = read(path)
    assert isinstance(choices, Choices)
    assert 30 <= choices.interval <= 3600
    for complaint in complaints:
        assert complaint.line is not None
        assert 1 <= complaint.line <= text.count("\n") + 1
        assert str(complaint).isprintable()


# ------------------------------------------------------------------- noticing changes


def test_a_change_is_noticed_without_reading(tmp_path):
    path = tmp_path / "settings.toml"
    assert fingerprint(path) is None
    path.write_text("version = 1")
    first = fingerprint(path)
    assert first == fingerprint(path)
    (tmp_path / "new").write_text("version = 1")
    (tmp_path / "new").replace(path)
    assert fingerprint(path) != first, "an editor that saves by renaming"
