"""What a person sees on a desktop: icon, menu, window, chooser. Decides nothing."""
