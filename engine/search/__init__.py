"""Search: many trainings over a space of settings, on one machine or a cluster; the best is kept."""
