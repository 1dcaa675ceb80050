"""A settings.toml that watches the bench's pages."""

from tests.bench.running import Pages

SERVICE = """
[[service]]
id = "bench-{number:02d}"
name = "Bench {number}"
home = "{scheme}://127.0.0.1:{port}/"
can = ["chat"]
status = "{scheme}://127.0.0.1:{port}/"
engine = "statuspage"
"""

SETTINGS = """version = 1

[polling]
interval = "{interval}s"

[network]
proxy = "none"
ca = "{ca}"
references = []
"""


BESIDE = """
[keys]
kept = ["push:phone"]

[[push]]
name = "phone"

[[hook]]
run = ["/bin/true"]
"""
"""A push and a hook, which have nothing to do: no page of the bench fails."""


def settings(pages: Pages, interval: int, *, scheme: str = "https") -> str:
    """Every page, each a service of its own."""
    services = (
        SERVICE.format(number=number, port=port, scheme=scheme)
        for number, port in enumerate(pages.ports, 1)
    )
    return SETTINGS.format(interval=interval, ca=pages.ca) + "".join(services)
