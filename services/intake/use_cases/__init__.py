"""What intake does: one function a use case, one transaction, the change and its messages together.

None of them publishes, sleeps or calls the network. Each says what makes a second call harmless.
"""
