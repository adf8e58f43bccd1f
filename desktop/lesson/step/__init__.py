"""The Step page: one step of training, taken apart."""
