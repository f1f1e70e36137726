"""Tests of `redactor/recognisers`."""
