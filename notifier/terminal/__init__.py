"""Faces in a terminal. The only room that knows rich; the tray program never loads it."""
