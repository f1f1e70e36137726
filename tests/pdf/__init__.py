"""Tests of the PDF output on whole files."""
