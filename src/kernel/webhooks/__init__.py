"""News for other programs: what happens here is posted, signed, to addresses that a company names."""
