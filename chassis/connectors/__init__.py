"""The connector host: finds connectors, configures them, and calls them so that none can harm the others.

Rooms: ``registry`` finds, ``configuration`` reads settings, ``host`` is what services call, ``running`` guards one
connector with the rules of ``guards`` in the lanes of ``runner`` (threads) or ``greenlets``, ``checks`` looks at what
comes back, ``http`` is the way out, ``call_log`` remembers without personal data and ``tally`` counts, ``states`` says
how each stands, ``queues`` names what waits for it, ``isolation`` gives a connector a process of its own, ``commands``
is the CLI. It leaves storage, retries and HTTP answers to its callers.
"""
