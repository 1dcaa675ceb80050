"""Looking out of the window: the network, the loop it runs in, and the engine; knows no Qt."""
