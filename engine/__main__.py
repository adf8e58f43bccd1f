"""``python -m engine``: train, evaluate and read without a window."""

import sys

from engine.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())
