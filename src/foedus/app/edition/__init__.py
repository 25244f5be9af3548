"""The static edition: a folder that opens from disk, with answers worked out beforehand."""
