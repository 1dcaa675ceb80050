"""The person's own on a service's page: buttons that fit the state, and each does one thing."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from notifier.desktop.buttons import Button, Link
from notifier.desktop.own import Account
from notifier.model.event import Wish
from notifier.model.verdict import Override, Word
from tests.desktop.scenes import ACCOUNTS, SERVERS, at, board

KEPT = {"Replace…", "Forget…"}


def buttons(window) -> dict[str, Button]:
    section = window.findChild(Account)
    return {b.text(): b for b in section.findChildren(Button) if b.isVisible()}


def texts(window) -> list[str]:
    return [one.text() for one in window._page.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize(
    ("state", "there"),
    [
        ("none", {"Set a key…"}),
        ("new", KEPT),
        ("tried", KEPT | {"Deep check…"}),
        ("rejected", KEPT | {"Deep check…"}),
        ("waiting", KEPT),
        ("locked", KEPT | {"Check again"}),
        ("hanging", KEPT | {"Check again"}),
        ("absent", KEPT),
        ("plain_text", KEPT),
    ],
)
def test_the_buttons_fit_the_state(window, state, there):
    window.show_picture(board(ACCOUNTS[state]))
    assert set(buttons(window)) == there


def test_each_button_wishes_one_thing_of_this_service(window, desk):
    window.show_picture(board(ACCOUNTS["none"]))
    buttons(window)["Set a key…"].click()
    window.show_picture(board(ACCOUNTS["tried"]))
    for name in ("Deep check…", "Replace…", "Forget…"):
        buttons(window)[name].click()
    assert desk.keys.wished == [(wish, "openai-api") for wish in ("set", "deep", "set", "forget")]
    window.show_picture(board(ACCOUNTS["locked"]))
    buttons(window)["Check again"].click()
    assert desk.sent == [(Wish.CHECK_NOW, "openai-api", None)]


def test_is_it_me_leads_to_the_key_that_would_answer_it(window, desk):
    window.show_picture(board(ACCOUNTS["none"]))
    (link,) = [
        one for one in window.findChildren(Link) if one.isVisible() and one.text() == "Set a key…"
    ]
    link.click()
    assert desk.keys.wished == [("set", "openai-api")]
    window.show_picture(board(ACCOUNTS["tried"]))
    assert not link.isVisible()


def test_a_service_no_key_is_known_for_has_no_such_section(window):
    assert not window.findChild(Account).isVisible()


def test_a_server_of_ones_own_has_its_section(window):
    window.show_picture(board(SERVERS["running"]))
    said = texts(window)
    assert "On this computer" in said
    assert "It runs: llama3.2 loaded, 3 installed." in said
    assert "it needs none" in said


def test_what_the_person_said_stands_there_with_its_time(window):
    row = ACCOUNTS["tried"]
    given = (Word(Override.BROKEN, at(40), at(25)), Word(Override.WORKS, at(5)))
    window.show_picture(board(replace(row, words=given)))
    said = texts(window)
    place = said.index("What you said")
    assert said[place + 1 : place + 5] == [
        "Works for me",
        "since 18:55",
        "Broken for me",
        "18:20 to 18:35",
    ]
