"""What can happen to leads, opportunities, activities, campaigns, registered projects and evaluations."""
