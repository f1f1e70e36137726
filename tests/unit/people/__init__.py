"""Tests of `redactor/people`."""
