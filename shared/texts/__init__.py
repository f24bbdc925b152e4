"""What is done with written text, whatever it says. Pure: no server, no clock."""
