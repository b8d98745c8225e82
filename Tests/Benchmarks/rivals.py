def measure_rivals(*a): pass
