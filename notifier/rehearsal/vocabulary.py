"""The words a scenario may use; everything else in one is an error."""

NETWORK = (
    "online",
    "offline",
    "captive_portal",
    "dns",
    "proxy",
    "tls_interception",
    "clock",
    "silent",
)

REACH = ("ok", "dns", "refused", "reset", "tls", "timeout", "blocked", "stale_connection")

PAGE_ANSWERS = (
    "html",
    "timeout",
    "reset",
    "refused",
    "drip",
    "stale",
    "truncated",
    "bomb",
    "garbage",
    "moved",
)

PROBE_ANSWERS = ("html", "timeout", "reset", "refused")

PROBE_TO = ("everyone", "keyless", "keyed")

KEYS = ("valid", "rejected", "quota", "rate_limited", "payment", "region", "absent")

MACHINE = ("asleep", "awake", "battery", "mains", "metered", "unmetered", "locked", "unlocked")

DESKTOP: dict[str, tuple[str | bool, ...]] = {
    "daemon": ("there", "absent", "late", "hung"),
    "tray": ("there", "absent", "late"),
    "dnd": (True, False),
    "keys": ("unlocked", "locked", "absent", "hung"),
}

PRESSES = (
    "fallback",
    "got_it",
    "snooze",
    "tell_me",
    "details",
    "broken_for_me",
    "works_for_me",
    "pause",
    "check_now",
)

PROGRAM = ("killed", "killed_after_send", "quit", "started")

FIELDS = ("state", "whose", "cause", "confidence", "upstream", "override")
