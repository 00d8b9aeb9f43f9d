"""The codebook: load, check, version and compare."""
