"""What referral does: one function a use case, one transaction, the change and its messages together.

Whoever changes a referral holds its row.
"""
