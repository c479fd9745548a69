"""The notes on the screen: all questions, their problems, and a file to be read."""
