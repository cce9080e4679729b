"""Programs that are healed are no tests of ours."""

collect_ignore = ["programs"]
