"""The book on disk: the only place for SQL, sqlite-utils and sqlcipher3. Rows never leave this room."""
