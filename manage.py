#!/usr/bin/env python3
"""Django's own commands; the product's commands are `taizhang <command>`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    os.umask(0o077)  # what we write is for its owner alone
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
