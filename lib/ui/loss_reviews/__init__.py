"""The review of losses on screens: the manager's list, and the question on the case."""
