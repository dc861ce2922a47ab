"""The screens of working with others: copies sent, merged, compared and settled."""
