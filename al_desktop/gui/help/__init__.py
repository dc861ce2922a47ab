"""The tour, the news and About."""
