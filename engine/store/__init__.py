"""The store: every training and every labelled drawing, kept as they come.

Records are in one SQLite file, in WAL mode; weights are model files in a folder beside it. Whatever is asked
to be written is written by one thread, `engine.store.writer`, so that nobody who draws waits for a disk;
reading is done by whoever asks, at once, and is never held up by a write.
"""
