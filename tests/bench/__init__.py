"""What the program costs: memory, start-up and processor time, against a bare tray program."""
