"""goldseam: detects, diagnoses, repairs, proves and lands fixes; read `pipeline.py` first."""

__version__ = "0.1.0"
