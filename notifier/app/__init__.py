"""The roof: builds every object by hand, in order, and is the only room that knows all others."""
