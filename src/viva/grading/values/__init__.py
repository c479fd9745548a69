"""Numbers, quantities and formulas, compared by value."""
