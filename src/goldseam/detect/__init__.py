"""From symptoms to incidents. In: paths, commands. Out: `Incident`s."""
