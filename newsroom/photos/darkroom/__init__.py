"""Photo desk, darkroom: what is made of an original for readers and partners, off the request and at any rate once."""
