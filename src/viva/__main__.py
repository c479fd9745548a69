"""`python -m viva` is `viva`."""

from viva.cli.main import main

main()
