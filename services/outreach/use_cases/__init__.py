"""What outreach does: one function a use case, one transaction, the change and its messages together."""
