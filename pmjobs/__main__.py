"""`python -m pmjobs` is the same as `pmjobs`."""

import sys

from pmjobs.cli import main

sys.exit(main())
