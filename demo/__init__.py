"""The outside world, simulated: citizens on four channels, the providers that carry their messages, agents. Each is a
program of its own that knows the hub only by its contracts. README.md tells what each does, and its bad manners."""
