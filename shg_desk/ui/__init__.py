"""The desktop: the only place for Qt. Shows values the actions return; computes no figure."""
