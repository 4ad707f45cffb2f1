"""A client of a Bulwark house, over HTTP, without a dependency.

Amounts are decimal.Decimal of USD; lots are int. What the house refuses is a Refused with field, value and rule.
"""
from bulwark.house import House, Refused

__all__ = ["House", "Refused"]
__version__ = "0.1.0"
