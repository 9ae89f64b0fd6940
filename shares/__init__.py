"""Who owns how much: classes of share, accounts, entries that balance, certificates."""
