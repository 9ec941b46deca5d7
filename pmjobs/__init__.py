"""pmjobs."""
