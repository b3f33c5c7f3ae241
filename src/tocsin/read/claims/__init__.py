"""Who says what of whom: sentences, what stands in them, and the rules that join it to claims."""
