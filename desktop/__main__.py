"""``python -m desktop``: the program."""

from desktop.app import main

raise SystemExit(main())
