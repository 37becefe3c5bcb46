"""A table: its cells, what its columns hold, and its dates and countries as people of many countries write them."""
