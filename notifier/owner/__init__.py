"""The one process that owns a profile: its lock, its local socket, and how commands ask it."""
