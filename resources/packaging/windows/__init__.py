"""Windows: what the program file says of itself, the installer's script and the script that builds both."""
