"""Label Studio's server on this machine: its secrets, its accounts, its process, its health."""
