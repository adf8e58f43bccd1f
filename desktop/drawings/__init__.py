"""The drawings that were labelled: seen, relabelled, deleted, taken in and handed out."""
