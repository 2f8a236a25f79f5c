"""Allows `python -m bicorpus`."""

from bicorpus.cli.main import main

main()
