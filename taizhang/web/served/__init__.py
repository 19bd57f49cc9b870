"""Styles and scripts: named by what they hold, and served from memory."""
