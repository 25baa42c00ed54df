"""`python -m relance.cli.local_cloud sam --version`: a tool, installed first if it is absent."""

import sys

from relance.cli.local_cloud.tools import main

sys.exit(main(sys.argv[1:]))
