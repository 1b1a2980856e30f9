"""What operators, and companies' people as their guests, do on the platform."""
