"""The console will show the wallboard and an agent's desk in a browser.

It will own no data: it will be a front end like any other, speaking gRPC to the other services with the token of
whoever is logged in. There is no code here yet.
"""
