"""The widgets that screens are made of; they draw what they are given and analyse nothing."""
