"""What a file that people send may be at the most."""

MAX_BYTES = 10 * 1024 * 1024  # of a file that is read
MAX_UNPACKED = 60 * 1024 * 1024  # of an office package, or of all archives sent together
MAX_PARTS = 10_000  # of an office package
MAX_FILES = 200  # sent together, those in archives counted one by one

MAX_ATTACHMENT_BYTES = 5_000_000  # of one file
MAX_ATTACHMENTS_BYTES = 10_000_000  # of one report; a request holds little more
MAX_ATTACHMENTS = 5
MAX_PIXELS = 40_000_000
MAX_IMAGE_SIDE = 2400  # pixels of a picture as it is kept
