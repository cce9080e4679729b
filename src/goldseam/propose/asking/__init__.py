"""What the rungs that ask a model are made of: places to ask about, prompts, answers read."""
