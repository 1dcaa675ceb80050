"""The web pages that people open, by engine: a shell as its makers write it, with their marks.

The marks are those of feeds.md 0.2, of pages somebody kept, and of what the programs that offices
run themselves write out.
"""

from collections.abc import Mapping
from typing import NamedTuple


class FrontPage(NamedTuple):
    """What stands in the head and the body of a page, and a header that speaks for its makers."""

    title: str
    marks: str
    header: tuple[str, str] | None = None

    @property
    def html(self) -> bytes:
        head = f"<head><meta charset=utf-8><title>{self.title}</title></head>"
        return f"<!doctype html><html>{head}<body>{self.marks}</body></html>".encode()


FRONT_PAGES: Mapping[str, FrontPage] = {
    "statuspage": FrontPage("Example AI Status", "", ("x-statuspage-version", "1f2e3d")),
    "incident_io": FrontPage(
        "Example AI Status", "", ("content-security-policy", "img-src https://incident-io.example")
    ),
    "instatus": FrontPage("Example AI", '<script id="__NUXT_DATA__">[]</script>'),
    "betterstack": FrontPage("Example", '<div class="status-page__overview-icon--operational">'),
    "datadog": FrontPage("Example AI Status | Datadog", '<div id="root"></div>'),
    "statusio": FrontPage("Example AI", '<a href="https://www.status.io">Status.io</a>'),
    "rootly": FrontPage(
        "Example AI",
        "",
        ("content-security-policy", "report-uri https://x.example/?service:external-sp-rootly"),
    ),
    "flashduty": FrontPage("Example AI", '<script src="https://cdn.flashcat.example/x.js">'),
    "kuma": FrontPage("Uptime Kuma", "<script>window.preloadData = {};</script>"),
    "gatus": FrontPage("Health Dashboard | Gatus", '<div id="app"></div>'),
    "upptime": FrontPage("Status", '<a href="https://upptime.js.org">Upptime</a>'),
    "cachet": FrontPage("Example", '<meta name="generator" content="Cachet">'),
    "cstate": FrontPage("Example", '<meta name="generator" content="cState 5.6">'),
    "sorry": FrontPage("Example", '<link href="https://cdn.sorryapp.com/page.css">'),
    "firehydrant": FrontPage("Example", '<a href="https://firehydrant.com">FireHydrant</a>'),
    "onlineornot": FrontPage("Example", '<script>x.streamController.enqueue("[]")</script>'),
    "azure_devops": FrontPage("Azure DevOps", '<a href="/_apis/status/health">Data</a>'),
    "alertmanager": FrontPage("Alertmanager", "<script src=script.js></script>"),
    "healthchecks": FrontPage("Healthchecks", "<h1>Simple monitoring</h1>"),
}
"""Of those that no host name gives away; a page of any other is asked by what stands on it."""
