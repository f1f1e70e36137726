"""Text as the law reads it: normalised, in zones and passages, with offsets that lead back to the page."""
