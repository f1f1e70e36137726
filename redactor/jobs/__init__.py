"""Background work over the table `chunk`: one idempotent step for each kind, and what runs the steps."""
