"""SMS (R4, R5, domain.md B4): texts, who may get one and when, the outbox, and its delivery by a gateway."""
