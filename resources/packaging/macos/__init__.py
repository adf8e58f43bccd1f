"""macOS: what the application bundle says of itself, and the script that builds it and its disk image."""
