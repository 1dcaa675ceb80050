"""Telling beside the ladder and without Qt: pushes and hooks. Nothing here says what was told."""
