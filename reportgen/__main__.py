"""Lets `python -m reportgen` do what the console script does."""

from reportgen.cli import main

if __name__ == "__main__":
    main()
