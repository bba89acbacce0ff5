"""For every test: Hypothesis sets no time limit for one example, since the machine has other things to do as well.

What it finds is the same in every run, so that a change is judged by itself. ``HUB120_TEST_SEARCH=1`` lets it look
elsewhere each time, which finds more; what it finds becomes an example of its test.
"""

import os

from hypothesis import settings

settings.register_profile(
    "hub120", deadline=None, print_blob=True, derandomize=not os.environ.get("HUB120_TEST_SEARCH")
)
settings.load_profile("hub120")
