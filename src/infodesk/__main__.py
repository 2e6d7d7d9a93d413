"""`python -m infodesk` is `infodesk`."""

from infodesk.cli.main import run

if __name__ == "__main__":
    run()
