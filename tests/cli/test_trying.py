"""`notifier test-notification`: under a watch, and where nobody is there to show anything."""


def test_under_a_watch_it_names_the_standard_output_and_tells_nothing(chosen):
    with chosen.running("watch") as watch:
        watch.says("clear:")
        said = chosen.runs("test-notification")
        assert said.code == 0
        assert "standard output" in said.out
        assert watch.interrupted() == 0
    assert not any("Test notification" in line for line in watch.everything)


def test_without_an_owner_it_says_how_to_start_one(chosen):
    said = chosen.runs("test-notification")
    assert said.code == 1
    assert "not running" in said.err
