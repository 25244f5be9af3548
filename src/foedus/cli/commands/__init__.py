"""Every command with its arguments and help, by theme. Each hands over to a module of the same theme."""
