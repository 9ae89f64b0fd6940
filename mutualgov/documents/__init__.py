"""Documents that leave the screen: PDF that a screen reader can read and an archive can keep."""
