"""A whole day of a contact centre in simulated time, on routing's real use cases and a real database.

``python -m bench.day gyeonggi --seed 7``. Citizens and agents are drawn from ``centres``; every decision is the hub's.
Afterwards every promise is looked after, and the day is compared with what Erlang C expects of it.
"""
