"""Decision trees and random forests, from scratch, on samples of any kind."""
