"""The interview and all around it: grading, history, schedule, talk."""
