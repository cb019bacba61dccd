from __future__ import annotations

from hypothesis import settings

# Layouts are held against many texts; how long one takes on a busy machine says nothing.
settings.register_profile("widgets", deadline=None)
settings.load_profile("widgets")
