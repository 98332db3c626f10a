"""Front of house: what each detail page shows, gathered in a fixed number of queries; templates decide nothing."""
