"""Info.plist of the application bundle, as PyInstaller's ``BUNDLE(info_plist=...)`` takes it."""

from __future__ import annotations

BUNDLE_ID = "io.github.scratchpad-app.Scratchpad"
"""The program's id; Apple's identifiers admit hyphens, but no underscore."""
MINIMUM_SYSTEM = "14.0"
"""PyTorch 2.13 is built for nothing older, and not for Intel processors."""
NETWORK_TYPE = "io.github.scratchpad-app.safetensors"
"""Safetensors files. The format is not ours, so the type is imported: whoever exports one goes before it."""


def info_plist(version: str) -> dict[str, object]:
    """All entries beyond PyInstaller's own, or in place of them.

    Args:
        version: Of the program, such as ``0.2.0``.
    """
    return {
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleName": "Scratchpad",
        "CFBundleDisplayName": "Scratchpad",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": MINIMUM_SYSTEM,
        "LSArchitecturePriority": ["arm64"],
        "NSHighResolutionCapable": True,
        # False lets the window be dark where the system is.
        "NSRequiresAquaSystemAppearance": False,
        "NSSupportsAutomaticGraphicsSwitching": True,
        "NSHumanReadableCopyright": "Copyright © 2026 The Scratchpad founders. MIT licence.",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Network",
                "CFBundleTypeRole": "Viewer",
                # Opens what no other program claims, and takes nothing from one that does.
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": [NETWORK_TYPE],
            }
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": NETWORK_TYPE,
                "UTTypeDescription": "Network",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": ["safetensors"]},
            }
        ],
    }
