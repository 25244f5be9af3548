"""Charts: static SVG, drawn offline."""
