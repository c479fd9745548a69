"""What text is made of: normal forms, lengths, sentences, clauses and tokens, in Chinese and English."""
