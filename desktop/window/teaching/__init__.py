"""Learning from drawings, practice and the booth in the main window: each is made when it is first wanted."""
