"""The tray program: engine, icon, window and channels, wired together by hand and in order."""
