"""The records as Django models that Morango synchronises."""
