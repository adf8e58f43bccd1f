"""Smoke test: the real window, used as a person would, in a profile that is thrown away.

    scratchpad --smoke-test

It needs neither a screen nor the tests' own libraries, so that a packaged program can try itself where it was
installed: what a package lacks shows here.
"""

from desktop.smoke_test.runner import run

__all__ = ["run"]
