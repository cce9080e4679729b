"""JavaScript, TypeScript and PHP as rules read them: one neutral outline for all three."""
