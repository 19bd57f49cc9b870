"""Minutes of meetings in Word or text."""
