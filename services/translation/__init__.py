"""Translation will bring an interpreter in.

It will own interpreter sessions: which language is needed, which partner was asked, who joined, what the relay cost in
time, and the glossary that keeps the terms of the administration the same in every language. It will leave to routing
who takes the case and to intake what was said. There is no code here yet.
"""
