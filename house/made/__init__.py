"""What is made of other files, in an environment of the program: dev.py starts it apart."""
