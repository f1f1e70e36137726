"""The law as dated data: packs, the rules in force on a day, and what they say of findings and facts."""
