"""The outputs of a published series. None imports another; what one needs to know of another is an argument."""
