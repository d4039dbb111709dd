"""A pack on paper: its content in parts, each laid out in a process of its own, joined into one PDF."""
