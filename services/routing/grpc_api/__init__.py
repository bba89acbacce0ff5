"""Routing's gRPC services, a module for each: a method reads its request, calls one use case, answers.

What a service says beyond the records of ``protos`` stands beside it, in ``…_protos``; what it is asked, where reading
that takes more than a line, in ``…_requests``.
"""
