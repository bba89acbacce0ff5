"""What routing does: one function a use case, one transaction, the change and its messages together.

Matching happens in the transaction that changes something: new work looks for an agent, a free agent looks for work.
Two such transactions that run at once may each miss the other; so whoever found no partner looks again after its
commit (``look_again``), and one of the two sees the other.
"""
