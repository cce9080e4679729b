"""The JavaScript tools that goldseam asks: which ones (pinned by digest), and how npm fetches them once."""
