"""Your portfolio's margin, from its lots to the worst day and a what-if.

    python3 portfolio_margin.py ADDRESS TOKEN-FILE
"""
import sys
from pathlib import Path

from bulwark import House, Refused

house = House(sys.argv[1], Path(sys.argv[2]).read_text())

# 10 contracts long, and the dollars that stand behind them.
portfolio = {
    "cash": 0,
    "positions": [{"id": "dydx:BTC-USD", "lots": 10}],
    "collateral": [{"id": "USDC@dydx", "lots": 12689790}],
}
margin = house.margin(portfolio)
figures = margin["asBooked"]
print("equity            ", figures["equity"])
print("initial margin    ", figures["initialMargin"])
print("worst day         ", margin["worstScenario"])

# Twice the position, before anything is done.
after = house.what_if(portfolio, [{"in": "positions", "id": "dydx:BTC-USD", "lots": 10}])["after"]["asBooked"]
print("with twice as much", after["initialMargin"])

# What is refused says what and why.
try:
    house.margin({"cash": 0, "positions": [{"id": "no-such-contract", "lots": 1}]})
except Refused as refused:
    print("refused           ", refused)
