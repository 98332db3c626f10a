"""Front of house: pictures of the matter: who meets whom, what happened when, and where; computed, never simulated."""
