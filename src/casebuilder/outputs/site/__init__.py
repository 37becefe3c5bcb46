"""The website: its pages, and what stands around them."""
