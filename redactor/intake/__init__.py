"""Files of a request and what a person says of them, before anything is opened."""
