"""What can be known of a text as text: cleaning, sentences, tokens, and what in it is furniture."""
