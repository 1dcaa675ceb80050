"""What stands behind dev.py: setting up a machine for work here. Standard library only."""
