"""Whether bytes are a web page, where data was expected. No parser: the first kilobyte decides."""

_FIRST = 1024

_OPENS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<script")
_FEED = (b"<rss", b"<feed", b"<rdf:rdf")


def is_web_page(body: bytes) -> bool:
    """Whether `body` begins as HTML does. A feed in XML is none, though it may quote HTML."""
    first = body[:_FIRST].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not first.startswith(b"<") or any(mark in first for mark in _FEED):
        return False
    return any(mark in first for mark in _OPENS)
