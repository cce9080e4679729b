"""Sources as statements and expressions with byte spans, the same view for every language."""
