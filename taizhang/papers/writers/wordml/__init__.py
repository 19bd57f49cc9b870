"""What papers in Word are made of: WordprocessingML."""
