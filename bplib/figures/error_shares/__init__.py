"""Figure: a hidden unit's error term is a sum over the units that it feeds."""

from .figure import WhereErrorComesFrom

__all__ = ["WhereErrorComesFrom"]
