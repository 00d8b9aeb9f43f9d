"""The database's tables, and the migrations that lead to them."""
