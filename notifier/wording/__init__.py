"""Every sentence a person reads, made from English messages by a translator handed in."""
