"""The browse screen: any text or answer, found and changed."""
