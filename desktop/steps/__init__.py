"""Steps: how what is on the pad becomes what the network sees."""
