"""What is the matter with this computer, as far as the program is concerned. Changes nothing."""
