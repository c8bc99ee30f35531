"""What is measured: definitions of indicators and their observations."""
