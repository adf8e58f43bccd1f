"""The training panel: settings, the thread that trains, the live plot."""
