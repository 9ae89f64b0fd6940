"""What is owed to whom by when. Now: what a person must do next, gathered from every room for the landing page."""
