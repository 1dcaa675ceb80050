"""Whom to believe on a secure connection: the system's own authorities, and a file of the person's.

One context for all hosts: making one costs 20 ms and 3 MiB.
"""

import logging
import ssl
import sys
from functools import cache, cached_property
from pathlib import Path

log = logging.getLogger(__name__)

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where Debian, Fedora, RHEL, SUSE and Alpine keep their authorities, for a Python whose OpenSSL
was built for another place. Given up when no such Python is supported any more."""


_OWN_VERDICT = frozenset({"win32", "darwin"})
"""Systems that judge certificates themselves, which only truststore can ask of them."""


class Trust:
    """The authorities believed in one run. `complaint`: why the extra file cannot be used."""

    def __init__(self, extra: str | None = None) -> None:
        self._extra = extra
        self.complaint: str | None = None

    @cached_property
    def context(self) -> ssl.SSLContext:
        """The one TLS context, made when first needed."""
        context = _system()
        if self._extra is not None:
            self._add(context, self._extra)
        return context

    def _add(self, context: ssl.SSLContext, extra: str) -> None:
        try:
            context.load_verify_locations(cafile=Path(extra).expanduser())
        except OSError as error:  # ssl.SSLError is one too: not a certificate
            why = error.strerror or "it holds no certificate"
            self.complaint = f"The extra authorities in {extra} cannot be used: {why}."
            log.warning("%s", self.complaint)


@cache
def nobody() -> ssl.SSLContext:
    """A context that believes nobody, for connections that need none: the real one takes longer."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _system() -> ssl.SSLContext:
    """The system's own authorities, company ones included."""
    if sys.platform not in _OWN_VERDICT:
        return _openssl()
    try:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    except (ImportError, NotImplementedError, OSError) as error:
        # Better the authorities Python knows than none; a company's own may be missing then.
        log.warning("the system's trust store cannot be used (%s); using Python's own", error)
        return ssl.create_default_context()


def _openssl() -> ssl.SSLContext:
    """What truststore does where OpenSSL is the system's own, but once.

    truststore 0.10 reads the whole bundle anew for every connection: 19 ms each (measured), which
    for pages that close the connection would be ten times what a look may cost.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_default_verify_paths()
    known = context.cert_store_stats()["x509_ca"]
    if not known and ssl.get_default_verify_paths().capath is None:
        found = next((bundle for bundle in _BUNDLES if Path(bundle).is_file()), None)
        if found is not None:
            context.load_verify_locations(cafile=found)
    return context
