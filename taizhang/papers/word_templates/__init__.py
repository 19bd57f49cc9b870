"""文书模板: the office's own Word files for papers."""
