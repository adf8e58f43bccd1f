"""Services without a look of their own: settings, folders, the store, networks."""
