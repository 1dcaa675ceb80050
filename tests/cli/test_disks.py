"""On broken disks the program starts, sees what is, and says once what is wrong."""

from tests.cli.person import Running
from tests.mounted import READ_ONLY, linux, words


def watches(person, mount, **more):
    """`notifier watch` where that was done to the profile's disk first."""
    return Running(words(person.folder, mount, *person.words("watch", "--json")), **more)


@linux
def test_on_a_read_only_home_it_watches_and_says_why_nothing_is_kept(chosen, page):
    before = sorted(chosen.folder.rglob("*"))
    page.says("major_outage", title="Chat is down")
    watch = watches(chosen, READ_ONLY)
    try:
        watch.tells(kind="picture", lamp="trouble")
        watch.says("run cannot be used: Read-only file system. So a second AI Notifier would not")
        assert watch.interrupted() == 0
    finally:
        watch.kill()
    assert sorted(chosen.folder.rglob("*")) == before
    assert len([line for line in watch.err if "Read-only" in line]) == 1, "said once"


@linux
def test_a_command_on_a_read_only_home_sees_what_is(chosen, page):
    page.says("major_outage")
    check = Running(words(chosen.folder, READ_ONLY, *chosen.words("check")))
    try:
        check.says("Campus")
        assert check.ends() == 1
    finally:
        check.kill()
    assert check.err == []


@linux
def test_a_home_that_is_not_there_yet_is_made(person, page):
    """`--profile` names a folder of a folder nobody has made."""
    person.folder = person.folder / "deep" / "down"
    assert person.runs("add", "chatgpt").code == 0
    with person.running("watch") as watch:
        watch.says("ChatGPT: ")
    assert all(found.stat().st_mode & 0o077 == 0 for found in person.folder.parent.rglob("*"))
