"""Files of answers graded, and the grades compared with marks that people gave."""
