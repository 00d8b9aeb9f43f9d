"""The commands that train models and choose one."""
