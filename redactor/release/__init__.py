"""What leaves and what stays: the output folder, the report, the index. It publishes only what the verifier passed."""
