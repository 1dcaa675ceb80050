"""Thirty days of a laptop through the real engine in virtual time, judged by the truth."""
