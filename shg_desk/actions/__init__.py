"""What a person does: one function, one transaction each; joins the rooms and is called alike by window, command line and tests."""
