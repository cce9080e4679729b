"""What mutation search is made of: where to mutate, what a change is, which to combine."""
