"""What the vendor and the company do with the implementation's documents."""
