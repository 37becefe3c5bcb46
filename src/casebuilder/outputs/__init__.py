"""What is made of a published series. No output knows another; what one needs to know of another is handed to it."""
