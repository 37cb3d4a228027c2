"""What every test run shares."""
