"""Outreach will call and notify those who did not ask.

It will own check-in calls to people who live alone, campaigns, disaster notices (CAP), who may be called when, and what
was answered. It will leave conversations that come of it to intake and routing. There is no code here yet.
"""
