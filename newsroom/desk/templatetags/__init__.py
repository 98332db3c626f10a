"""What the desk's own templates can say."""
