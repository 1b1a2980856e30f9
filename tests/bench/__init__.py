"""Speed of the product as its users meet it, measured over HTTP. Never part of a test."""
