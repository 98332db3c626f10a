"""The bottom shelf's way in for tables: a CSV file as spreadsheets save it, into rows that name their columns."""
