"""AI Notifier: says when an AI service fails, whose fault it is, and what works instead."""

__version__ = "0.1.0"
