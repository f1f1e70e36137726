"""Who is named in a request: mentions become persons, persons get roles, later mentions follow."""
