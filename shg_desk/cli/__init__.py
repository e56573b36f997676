"""The same verbs as the window, scriptable: the only place for click. Computes no figure."""
