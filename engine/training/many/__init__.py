"""Many networks: trained side by side, each layer of all of them as one product."""
