"""What translation does: one function a use case, one transaction, the change and its messages together.

Whoever changes a session holds its row.
"""
