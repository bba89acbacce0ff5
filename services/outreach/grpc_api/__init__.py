"""Outreach's gRPC services, a module for each: a method reads its request, calls one use case, answers."""
