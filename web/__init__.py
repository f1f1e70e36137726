"""The web service: a Flask application made by `create_app`, nothing at import time. It calls `redactor`."""
