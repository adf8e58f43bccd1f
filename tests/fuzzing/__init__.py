"""Fuzzing: damaged inputs for every reader, made from whole ones with a fixed seed."""
