"""The nouns of a repair: frozen values and protocols, standard library only, no input or output."""
