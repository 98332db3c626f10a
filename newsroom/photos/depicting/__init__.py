"""Photo desk: who stands where: boxes in the picture, the rows that follow from them, and what the caption says of it."""
