"""Copies of the history: made by themselves or asked for, kept for a while, and restored."""
