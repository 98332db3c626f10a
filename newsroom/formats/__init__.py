"""How dates and numbers are written: the shelf of formats that differ from Django's own."""
