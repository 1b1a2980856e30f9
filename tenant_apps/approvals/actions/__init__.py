"""What can happen to flows, to approvals and to the tasks of those who decide."""
