"""The rules: pure functions from what is believed and what happened to what to do."""
