"""Which proxy an address is asked through: as the settings, the environment or the system say."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from notifier.model.observation import Failure, FailureKind

_SCHEMES = frozenset({"http", "https"})
_OURSELVES = frozenset({"localhost", "localhost.localdomain"})


class ProxyUnusable(Exception):
    """A proxy is set that cannot be used; `failure` says so to a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.failure = Failure(FailureKind.PROXY, why)


class Proxies:
    """The rule of one run: `setting` is `system`, `none` or the address of a proxy.

    `system` reads the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, in both cases)
    and, where that says nothing, what Windows or macOS have been set to. It is read anew each
    time, so it is right after the network has changed.
    """

    def __init__(self, setting: str = "system") -> None:
        self._setting = setting

    def of(self, scheme: str, host: str) -> str | None:
        """The address of the proxy for `host`, None for none; raises ProxyUnusable.

        It may hold a name and password: it is for the transport alone, never for a log.
        """
        if self._setting == "none" or on_this_computer(host):
            return None
        if self._setting != "system":
            return _checked(self._setting)
        # Both come from the standard library, which knows each system's way of storing them.
        if proxy_bypass(host):
            return None
        found = _chosen(getproxies(), scheme)
        return _checked(found) if found else None


def on_this_computer(host: str) -> bool:
    """Whether `host` (without port) is this computer itself: never asked through a proxy."""
    name = host.strip("[]").rstrip(".").lower()
    if name in _OURSELVES or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def name_of(proxy: str) -> str:
    """Host and port of a proxy, for people: without name and password."""
    return proxy.partition("://")[2].rpartition("@")[2].rstrip("/")


def _chosen(found: Mapping[str, str], scheme: str) -> str | None:
    return found.get(scheme) or found.get("all") or None


def _checked(written: str) -> str:
    """The address as a transport takes it; `host:port` alone means http, as everywhere."""
    proxy = written if "://" in written else f"http://{written}"
    try:
        parts = urlsplit(proxy)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ProxyUnusable("The address of the proxy set on this computer cannot be read.")
    if parts.scheme.lower() not in _SCHEMES:
        kind = parts.scheme.upper()
        raise ProxyUnusable(f"The proxy {name_of(proxy)} is of a kind we cannot use: {kind}.")
    return proxy
