"""The route to the data: what can be fetched from a public mirror, what must be asked for, and files of one's own."""
