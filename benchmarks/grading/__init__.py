"""How far the grader agrees with people: `python -m benchmarks.grading`."""
