"""Try this: small exercises to the lesson's pages, ticked when the program has seen them done."""
