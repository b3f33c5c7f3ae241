"""Text out of files, with its blocks, title, date and language; every offset points into the text given."""
