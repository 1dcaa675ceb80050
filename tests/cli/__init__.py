"""Every command of the terminal as a person runs it: real processes, real sockets, loopback."""
