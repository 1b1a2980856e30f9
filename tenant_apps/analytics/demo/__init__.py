"""Two companies with two years of business behind them, to look at and to try things on (spec 4)."""
