"""`import` and `export`: a list or one's own settings come in, and settings go out unsecret."""

import tempfile
import tomllib
from pathlib import Path

import pytest

from tests.app.canaries import writings
from tests.cli.loopback import WebPage
from tests.cli.person import ROOT, Person

MINE = """\
# mine, and my key is canary-Comment-0001
version = 1

[polling]
interval = "2m"

[notify]
level = "outages"
quiet = [{ from = "22:00", to = "07:00", days = ["mon", "fri"], allow = "major_outage" }]

[network]
references = []

[[service]]
id = "chatgpt"

[[service]]
id = "claude"
label = "Claude for writing"
parts = ["claude.ai", "Claude Code"]
fallbacks = ["chatgpt", "ollama"]
notify = "all"

[[service]]
id = "claude"
parts = ["Claude API (api.anthropic.com)"]

[[service]]
id = "campus-llm"
name = "Campus LLM"
home = "https://llm.example.edu/"
can = ["chat", "coding"]
status = "https://status.example.edu/"
engine = "statuspage"
runs_on = ["azure"]
probe = { url = "https://llm.example.edu/v1/models", auth = "bearer", key = "campus-llm" }

[keys]
kept = ["campus-llm"]

[fallbacks]
accounts = ["gemini"]

[[push]]
name = "phone"
reasons = ["outage", "recovered"]
"""


@pytest.fixture
def elsewhere():
    """The same person at another computer."""
    with tempfile.TemporaryDirectory(prefix="n-") as folder:
        yield Person(Path(folder) / "me")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "moved.toml"


def chosen(person):
    return tomllib.loads(person.settings.read_text())


def names(person):
    return sorted(one.name for one in person.folder.iterdir() if not one.name.startswith("."))


# -- settings --------------------------------------------------------------------------------


def test_settings_go_out_and_in_again_elsewhere_as_they_are(person, elsewhere, file):
    person.writes(MINE)
    out = person.runs("export", str(file))
    assert (out.code, out.err) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600
    came = elsewhere.runs("import", str(file))
    assert (came.code, came.err) == (0, "")
    mine = tomllib.loads(MINE)
    del mine["keys"]
    assert chosen(elsewhere) == mine
    assert "notifier key set campus-llm" in came.out
    assert names(elsewhere) == ["settings.toml", "settings.toml.good"]


def test_the_settings_of_the_readme_lose_nothing(person, elsewhere, file):
    text = (ROOT / "README.md").read_text("utf-8")
    person.writes(text.split("```toml\n")[1].split("```")[0])
    assert person.runs("export", str(file)).err == ""
    assert elsewhere.runs("import", str(file)).code == 0
    kept = chosen(person)
    del kept["keys"]
    assert chosen(elsewhere) == kept


def test_it_is_printed_where_no_file_is_named_and_taken_in_from_a_pipe(person, elsewhere):
    person.writes(MINE)
    out = person.runs("export")
    assert tomllib.loads(out.out)["export"]["format"] == "ai-notifier settings"
    assert elsewhere.runs("import", "-", given=out.out).code == 0
    assert [one["id"] for one in chosen(elsewhere)["service"]] == [
        "chatgpt", "claude", "claude", "campus-llm",
    ]  # fmt: skip


def test_a_settings_file_as_it_stands_is_taken_in_without_its_keys(elsewhere, file):
    file.write_text(MINE)
    said = elsewhere.runs("import", str(file))
    assert said.code == 0
    assert "keys" not in chosen(elsewhere)
    assert "notifier key set campus-llm" in said.out


def test_the_settings_before_and_the_keys_of_this_computer_are_kept(person, elsewhere, file):
    before = 'version = 1\n[keys]\nkept = ["claude-api"]\n[[service]]\nid = "cursor"  # mine\n'
    elsewhere.writes(before)
    person.writes(MINE)
    person.runs("export", str(file))
    said = elsewhere.runs("import", str(file))
    (kept,) = [name for name in names(elsewhere) if ".before-" in name]
    assert f"kept as {kept}" in said.out
    assert (elsewhere.folder / kept).read_text() == before
    assert chosen(elsewhere)["keys"] == {"kept": ["claude-api"]}
    again = elsewhere.runs("import", str(file))
    assert again.lines[0] == "The settings here say the same already; nothing was changed."
    assert len(names(elsewhere)) == 3


def test_a_dry_run_says_what_would_change_and_changes_nothing(person, elsewhere, file):
    services = '[[service]]\nid = "claude"\n[[service]]\nid = "cursor"\n'
    before = f'version = 1\n[polling]\ninterval = "60s"\n{services}'
    elsewhere.writes(before)
    person.writes(MINE)
    person.runs("export", str(file))
    said = elsewhere.runs("import", str(file), "--dry-run")
    assert "+ chatgpt" in said.lines
    assert "~ claude: label, parts, fallbacks, notify" in said.lines
    assert "+ claude#2" in said.lines
    assert "- cursor" in said.lines
    assert "~ [polling]: interval" in said.lines
    assert "+ [push]" in said.lines
    assert elsewhere.settings.read_text() == before
    assert not [name for name in names(elsewhere) if ".before-" in name]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('version = 1\n[polling]\ninterval = "5s"\n[notify]\nlevel = "loud"\n', "line 5"),
        ("version = 1\n[[service\n", "is not TOML"),
        ('version = 1\n[export]\nformat = "other"\n', "no export of this program"),
        ('version = 1\n[export]\nformat = "ai-notifier settings"\nversion = 2\n', "newer version"),
        ("version = 2\n", "newer version"),
        ("[polling]\n", "names no version"),
    ],
)
def test_a_file_with_anything_wrong_in_it_changes_nothing(person, file, text, says):
    person.writes(MINE)
    file.write_text(text)
    said = person.runs("import", str(file))
    assert said.code == 1
    assert says in said.err
    assert said.err.endswith("Nothing was taken in.\n")
    assert person.settings.read_text() == MINE
    assert not [name for name in names(person) if ".before-" in name]


def test_settings_that_nobody_can_read_are_replaced_and_kept(person, elsewhere, file):
    person.writes(MINE)
    person.runs("export", str(file))
    elsewhere.writes("[[service\n")
    said = elsewhere.runs("import", str(file))
    assert said.code == 0
    (kept,) = [name for name in names(elsewhere) if ".before-" in name]
    assert (elsewhere.folder / kept).read_text() == "[[service\n"


def test_what_has_a_wrong_value_is_not_given_away(person, file):
    person.writes('version = 1\n[polling]\ninterval = "5s"\n')
    said = person.runs("export", str(file))
    assert said.code == 2
    assert "line 3" in said.err
    assert not file.exists()


def test_a_file_that_is_there_is_not_written_over(person, file):
    person.writes(MINE)
    file.write_text("precious")
    assert person.runs("export", str(file)).code == 1
    assert file.read_text() == "precious"


CANARIES = """\
# canary-Comment-0001
version = 1
canary_name = "canary-Unknown-0002"

[network]
proxy = "http://me:canary-Proxy-0003@proxy.example:8080"
references = ["https://one.example/?k=canary-Reference-0004"]

[[service]]
id = "own"
name = "Own, says canary-Proxy-0003"
home = "https://me:canary-Home-0005@own.example/x#canary-Mark-0006"
status = "https://own.example/feed?token=canary-Query-0007&format=rss"
[service.probe]
url = "https://own.example/hooks/T00/0a1b2c3d4e5f6a7b8c9d0e1f/"
auth = "bearer"
key = "sk-canary0123456789abcdef"

[[service]]
id = "two"
name = "Two"
home = "https://two.example/"
status = "https://two.example/feed?a=canary-A-0008&b=canary-B-0009=="
label = "sk-canaryLabel0123456789abcdef"

[[service]]
id = "three"
name = "Three"
home = "https://three.example/"
status = "https://three.example/secret/canary/feed;v=canary-Matrix-0010"
more = "canary-More-0011"

[[push]]
name = "phone"
address = "ntfy://canary-Push-0012"

[[hook]]
run = ["/bin/lamp", "--token", "canary-Hook-0013"]
"""

SECRETS = [
    "canary-Comment-0001", "canary-Unknown-0002", "canary-Proxy-0003", "canary-Reference-0004",
    "canary-Home-0005", "canary-Mark-0006", "canary-Query-0007", "0a1b2c3d4e5f6a7b8c9d0e1f",
    "sk-canary0123456789abcdef", "canary-A-0008", "canary-B-0009", "sk-canaryLabel0123456789abcdef",
    "canary-Matrix-0010", "canary-More-0011", "canary-Push-0012", "canary-Hook-0013",
]  # fmt: skip


def test_no_secret_goes_out_in_any_writing_and_what_is_left_out_is_named(person, elsewhere, file):
    person.writes(CANARIES)
    out = person.runs("export", str(file))
    assert out.code == 0
    said = file.read_bytes() + out.out.encode() + out.err.encode()
    assert [one for one in SECRETS for form in writings(one) if form in said] == []
    for what in ("proxy", "references", "service “own”, “status”", "service “two”, “status”",
                 "push “phone”", "hook", "service “own”, “name”"):  # fmt: skip
        assert what in out.err, what
    came = elsewhere.runs("import", str(file))
    assert came.code == 0
    assert "notifier key set own" in came.out
    own, two, _ = chosen(elsewhere)["service"]
    assert own["status"] == "https://own.example/feed?token={key}&format=rss"
    assert own["probe"]["url"] == "https://own.example/hooks/T00/{key}/"
    assert "status" not in two
    assert "hook" not in chosen(elsewhere)


# -- lists -----------------------------------------------------------------------------------


def test_a_list_of_a_feed_reader_is_taken_in(person, page, tmp_path):
    person.writes("version = 1\n[network]\nreferences = []\n")
    opml = tmp_path / "feeds.opml"
    with WebPage() as shop:
        opml.write_text(
            '<?xml version="1.0"?><opml version="1.0"><body><outline text="AI">'
            f'<outline text="Campus" xmlUrl="{page.url}history.rss"/>'
            '<outline text="Claude" xmlUrl="https://status.claude.com/history.atom"/>'
            f'<outline text="Shop" xmlUrl="{shop.url}?token=canary-0001"/>'
            "</outline></body></opml>"
        )
        dry = person.runs("import", str(opml), "--dry-run")
        assert "Campus LLM would be watched" in dry.out
        assert "service" not in chosen(person)
        said = person.runs("import", str(opml))
        assert len(shop.asked) <= 16
    assert said.code == 1
    assert "Campus LLM is watched now, as 127-0-0-1-" in said.out
    assert "Claude is watched now, as claude." in said.out
    assert "Not taken in: Shop, http://127.0.0.1:" in said.out
    assert "canary" not in said.out
    ids = [one["id"] for one in chosen(person)["service"]]
    assert {"claude", "claude-api", "claude-code"} < set(ids)
    before = person.settings.read_text()
    assert "is watched already" in person.runs("import", str(opml)).out
    assert person.settings.read_text() == before


def test_a_plain_list_is_taken_in(person, page, spare, tmp_path):
    person.writes("version = 1\n[network]\nreferences = []\n")
    lines = tmp_path / "pages.txt"
    lines.write_text(f"# my pages\n{page.url}  # campus\n{spare.url}\nsomething else\n")
    said = person.runs("import", str(lines))
    assert [one["name"] for one in chosen(person)["service"]] == ["Campus LLM", "Spare"]
    assert (said.code, said.lines[-1]) == (
        1, "Not taken in: line 4 is no address of a web page.",
    )  # fmt: skip


def test_a_list_changes_nothing_where_the_settings_cannot_be_read(person, page, tmp_path):
    person.writes("[[service\n")
    lines = tmp_path / "pages.txt"
    lines.write_text(f"{page.url}\n")
    assert person.runs("import", str(lines)).code == 2
    assert person.settings.read_text() == "[[service\n"


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        (b"", 0, "no address in it"),
        (b"# nothing\n", 0, "no address in it"),
        (b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', 1, "never read"),
        (b"\xff\xfe\x00", 1, "neither XML nor text"),
        (b"x" * (1 << 20) + b"y", 2, "larger than 1 MiB"),
    ],
)
def test_what_cannot_be_taken_in_is_said_in_one_sentence(person, tmp_path, body, code, says):
    file = tmp_path / "list"
    file.write_bytes(body)
    said = person.runs("import", str(file))
    assert said.code == code
    assert says in said.out + said.err
    assert not person.settings.exists()


def test_a_file_that_is_not_there_is_wrong_usage(person, tmp_path):
    said = person.runs("import", str(tmp_path / "none"))
    assert (said.code, said.err) == (2, f"{tmp_path / 'none'} is not there.\n")
