"""Files: opened only where they are regular, written whole, private where they are personal."""
