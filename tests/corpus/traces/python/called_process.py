import subprocess
import sys


def convert():
    subprocess.run([sys.executable, "-c", "raise SystemExit(3)"], check=True)


convert()
