"""Open Referral HSDS 3.0 with the Korean profile kr-120: its schemas, what comes in and what goes out.

It reads and writes documents and files and touches no database. ``profile.md`` beside it is the profile in words.
"""
