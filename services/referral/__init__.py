"""Referral will link a case to welfare and legal help, and close the loop.

It will own the directory of services (HSDS), consents, referrals and their states from proposed to confirmed by the
citizen, hand-overs to departments and the tickets that come back. It will leave to intake the case and to connectors
the partners' wire formats. There is no code here yet.
"""
