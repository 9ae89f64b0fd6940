"""What a rulebook means: plain functions over plain values, no database and no clock."""
