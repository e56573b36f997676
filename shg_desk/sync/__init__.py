"""Bundles as bytes and how they travel: envelope, keys, key slots, sealed parts, transports. Knows no SQL."""
