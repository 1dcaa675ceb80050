"""`add`, `remove` and `catalogue`: choosing what to watch."""

from tests.cli.loopback import WebPage


def test_a_service_of_the_catalogue_is_added_by_its_id_and_removed(person):
    assert person.runs("add", "chatgpt").out == "ChatGPT is watched now.\n"
    assert 'id = "chatgpt"' in person.settings.read_text()
    again = person.runs("add", "chatgpt")
    assert (again.code, again.out) == (0, "chatgpt is watched already.\n")
    assert person.runs("remove", "chatgpt").out == "chatgpt is watched no more.\n"
    assert "chatgpt" not in person.settings.read_text()
    gone = person.runs("remove", "chatgpt")
    assert (gone.code, gone.err) == (1, "chatgpt was not watched; nothing was changed.\n")


def test_comments_survive(person):
    person.writes('# mine\nversion = 1\n\n[[service]]\nid = "claude"  # for writing\n')
    person.runs("add", "chatgpt")
    person.runs("remove", "chatgpt")
    assert person.settings.read_text().startswith(
        '# mine\nversion = 1\n\n[[service]]\nid = "claude"'
    )
    assert "# for writing" in person.settings.read_text()


def test_an_unknown_id_names_those_near_it(person):
    said = person.runs("add", "chatgtp")
    assert (said.code, said.err) == (2, "chatgtp is not in the catalogue. Near it: chatgpt.\n")
    assert "claude-code" in person.runs("add", "claude-").err
    lost = person.runs("add", "zzz")
    assert lost.code == 2
    assert "`notifier catalogue`" in lost.err
    assert not person.settings.exists()


def test_a_page_the_catalogue_knows_offers_its_services(person):
    for address in (
        "https://status.openai.com/",
        "status.openai.com",
        "http://status.openai.com/x",
    ):
        said = person.runs("add", address)
        assert said.code == 2
        assert said.err.rstrip().endswith("chatgpt, codex, openai-api")
    assert not person.settings.exists()


def test_an_unknown_page_becomes_a_service_of_its_own(person, page):
    person.writes("version = 1\n[network]\nreferences = []\n")
    said = person.runs("add", page.url)
    id_ = page.url.removeprefix("http://").rstrip("/").replace(".", "-").replace(":", "-")
    assert (said.code, said.out) == (0, f"Campus LLM is watched now, as {id_} (statuspage).\n")
    assert 0 < len(page.asked) <= 8
    page.says("degraded", title="Slow")
    (service,) = person.runs("check", "--now", "--json").json["services"]
    assert (service["id"], service["name"], service["state"]) == (id_, "Campus LLM", "degraded")
    assert person.runs("add", page.url).out == f"{id_} is watched already.\n"
    assert person.runs("remove", id_).code == 0


def test_what_is_no_status_page_is_said_to_be_none(person):
    with WebPage() as shop:
        said = person.runs("add", shop.url)
        assert len(shop.asked) <= 8
    assert said.code == 1
    assert said.err.endswith("is not a status page of a known kind.\n")
    assert not person.settings.exists()


def test_where_nobody_answers_it_says_so(person):
    said = person.runs("add", "https://127.0.0.1:9/")
    assert said.code == 1
    assert "127.0.0.1:9" in said.err
    assert len(said.err.splitlines()) == 1


def test_settings_that_cannot_be_read_are_not_touched(person):
    person.writes("[[service\n")
    said = person.runs("add", "chatgpt")
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert person.settings.read_text() == "[[service\n"


def test_the_catalogue_is_searched_by_names_vendors_abilities_and_ids(person):
    ids = [line.split("\t")[0] for line in person.runs("catalogue").lines]
    assert ids[0] == "chatgpt"
    assert len(ids) > 85

    def found(*words):
        return [line.split("\t")[0] for line in person.runs("catalogue", *words).lines]

    assert found("anthropic", "api") == ["claude-api"]
    assert found("Black", "Forest") == ["bfl"]
    assert found("transcription", "elevenlabs") == ["elevenlabs"]
    assert found("m365") == ["m365-copilot"]
    nothing = person.runs("catalogue", "zzz")
    assert (nothing.code, nothing.out) == (1, "")
    assert "zzz" in nothing.err
    assert not person.folder.exists()


def test_the_catalogue_says_what_is_read_of_a_service_and_how_sure_that_is(person):
    (line,) = person.runs("catalogue", "suno").lines
    assert line.split("\t") == ["suno", "Suno", "Suno", "audio", "statuspage", "unsure 2026-11"]
    (line,) = person.runs("catalogue", "fastly").lines
    assert line.split("\t")[-2:] == ["its door alone", "told 2026-07"]


def test_the_catalogue_tells_programs_all_it_knows_of_a_service(person):
    (chatgpt,) = person.runs("catalogue", "chatgpt", "--json").json
    assert (chatgpt["id"], chatgpt["engine"], chatgpt["kind"]) == ("chatgpt", "incident_io", "chat")
    assert chatgpt["status_page"] == "https://status.openai.com/"
    assert (chatgpt["seen"], chatgpt["date"], chatgpt["no_page"]) == ("capture", "2026-09", None)
    assert "Conversations" in chatgpt["parts"]
    assert {"claude", "gemini"} <= set(chatgpt["fallbacks"])
    (firefly,) = person.runs("catalogue", "firefly", "--json").json
    assert (firefly["status_page"], firefly["engine"]) == (None, None)
    assert firefly["no_page"].startswith("Adobe's page is a document of some 23 MB")
    assert firefly["look_at"] == "https://status.adobe.com/"
