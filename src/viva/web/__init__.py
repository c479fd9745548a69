"""The terminal interface in a web page: a small server that starts one viva for each page that is open."""
