"""`python -m splot.cli` does what `splot` does."""

import sys

from splot.cli import main

sys.exit(main())
