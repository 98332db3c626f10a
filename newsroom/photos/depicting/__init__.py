"""Photo desk: who stands where: boxes in the picture, the rows that follow from them, and the words of captions."""
