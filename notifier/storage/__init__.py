"""What survives a restart, and where it lies."""
