"""The letter itself: title, number, addressees, matter, times, contact, signature."""
