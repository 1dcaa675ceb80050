"""Whether a neutral host answered, or a network's login page did."""

import pytest

from notifier import probes
from notifier.model.observation import Answered, Failure, FailureKind
from notifier.probes import Answer

HTTP = "http://connectivity.example/generate_204"
HTTPS = "https://connectivity.example/generate_204"
HTML = b"<html><head><title>Hotel Wi-Fi</title></head></html>"


def ask(url: str, status: int, body: bytes = b"", **headers: str) -> Answered | Failure:
    return probes.reference(Answer(status, headers, body, 0.04), url)


@pytest.mark.parametrize("url", [HTTP, HTTPS])
@pytest.mark.parametrize(
    ("status", "body"),
    [(204, b""), (200, b""), (200, b"Microsoft Connect Test"), (200, b"success\n")],
)
def test_what_was_asked_for_shows_that_we_are_online(url, status, body):
    assert ask(url, status, body) == Answered(f"HTTP {status} in 40 ms")


@pytest.mark.parametrize(
    "target",
    ["http://login.portal.example/", "//10.0.0.1/login", "https://portal.example/?u=x", "http://["],
)
def test_a_redirect_to_another_host_is_a_login_page_on_the_way(target):
    found = ask(HTTP, 302, HTML, location=target)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.REDIRECTED


def test_a_redirect_that_stays_is_not_what_was_asked_for_either():
    found = ask(HTTP, 301, b"", location=HTTPS)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.HTTP


@pytest.mark.parametrize("status", [200, 403, 503, 511])
def test_a_web_page_where_there_is_none_is_a_login_page(status):
    found = ask(HTTP, status, HTML)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.WEB_PAGE
    assert "Hotel" not in found.detail


@pytest.mark.parametrize(("status", "body"), [(200, b"x" * 5000), (404, b""), (500, b"oops")])
def test_over_http_anything_else_proves_nothing(status, body):
    found = ask(HTTP, status, body)
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == (FailureKind.HTTP, status)


@pytest.mark.parametrize("status", [200, 301, 404, 429, 500, 503])
def test_over_https_any_answer_at_all_shows_that_we_are_online(status):
    assert isinstance(ask(HTTPS, status, b"x" * 5000), Answered)
    assert isinstance(ask(HTTPS, status, b"", location="https://elsewhere.example/"), Answered)


def test_over_https_only_a_redirect_in_html_is_doubted():
    found = ask(HTTPS, 302, HTML, location="http://login.portal.example/")
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.REDIRECTED
    assert isinstance(ask(HTTPS, 200, HTML), Answered)
    network = ask(HTTPS, 511)
    assert isinstance(network, Failure)
    assert network.kind is FailureKind.WEB_PAGE
