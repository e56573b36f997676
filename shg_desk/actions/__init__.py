"""What a person does: one function, one transaction each, called alike by window, command line and tests."""
