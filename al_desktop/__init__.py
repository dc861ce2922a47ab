"""AL Desktop: label text fast, offline, with active learning."""
