"""How a derivation looks: HTML that needs nothing else, a style sheet, a script for its pace."""
