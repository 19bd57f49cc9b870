"""Where the bytes of files lie: a folder of this machine or of several, or a bucket of S3."""
