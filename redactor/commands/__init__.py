"""One module a command: options, a call of the engine, what is printed."""
