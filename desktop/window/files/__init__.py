"""Files that were chosen, pasted, dropped or named at the start: each goes to where its kind is shown."""
