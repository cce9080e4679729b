"""From finished repairs to knowledge. In: trials and outcomes. Out: confidence, later patterns."""
