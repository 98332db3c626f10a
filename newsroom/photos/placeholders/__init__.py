"""Photo desk: drawn pictures that stand in for photographs which are not held, and say so."""

from newsroom.photos.placeholders.drawing import draw, encode
from newsroom.photos.placeholders.scenes import Backdrop, Scene, SceneKind, scene_for

__all__ = ["Backdrop", "Scene", "SceneKind", "draw", "encode", "scene_for"]
