"""Each check with copy that should raise it, and copy that should not."""
