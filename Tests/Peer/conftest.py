"""Lets these tests start the real program as the browser tests do."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Browser"))
