"""The open project at work, and the threads and processes beside the window."""
