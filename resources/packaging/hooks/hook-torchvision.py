"""PyInstaller's hook for torchvision: nothing beyond its imports, for its operators are left out."""
