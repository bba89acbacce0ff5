"""What operators and supervisors ask of the hub as a whole, served by every api process whatever services it holds."""
