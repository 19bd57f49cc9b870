"""Single sign-on: somebody whom the bureau's own log-in knows comes in without our password."""
