"""What ``make_acme.py`` writes the example organisation from: its people, its routine, the intrusion."""
