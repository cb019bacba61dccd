"""The app's one frame, the views in it and the dialogues over it: they ask and draw, and analyse nothing."""
