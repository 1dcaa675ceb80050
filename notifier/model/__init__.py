"""The ground: frozen values every room speaks in; standard library only, no I/O, no clock."""
