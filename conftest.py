"""For every test: Hypothesis sets no time limit for one example, since the machine has other things to do as well."""

from hypothesis import settings

settings.register_profile("hub120", deadline=None, print_blob=True)
settings.load_profile("hub120")
