"""What pages are made of: components as template tags, form fields, layouts and their style sheet."""
