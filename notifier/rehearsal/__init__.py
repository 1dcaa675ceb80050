"""An outage played through the real engine and the real judgement, in a scripted world."""
