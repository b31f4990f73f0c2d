"""Premium trials (R4, N2, J4): what a car's insurance would cost, every line with its arithmetic and its sources.

The insurer decides; a trial computes what the official tables and the insurer's base premiums say (domain.md B1).
"""
