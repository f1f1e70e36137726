"""What the templates show: values of the store put in words. No route, no act."""
