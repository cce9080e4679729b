"""`python -m goldseam` is the `goldseam` command."""

from goldseam.cli.main import main

if __name__ == "__main__":
    main()
