"""Photo desk, placeholder pictures: sets the stage for a scene and hands it to its composer.

Heads keep to the middle band of the sheet, so that a crop to 2:1 or to a square leaves them whole.
"""

from random import Random

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.canvas import Canvas
from newsroom.photos.placeholders.gatherings import compose_group, compose_hall, compose_panel
from newsroom.photos.placeholders.rooms import Stage, paint_walls
from newsroom.photos.placeholders.scenes import Scene, SceneKind
from newsroom.photos.placeholders.speakers import compose_lectern, compose_portrait

_COMPOSERS = {
    SceneKind.GROUP: compose_group,
    SceneKind.LECTERN: compose_lectern,
    SceneKind.PANEL: compose_panel,
    SceneKind.HALL: compose_hall,
    SceneKind.PORTRAIT: compose_portrait,
}


def compose(canvas: Canvas, scene: Scene) -> None:
    rng = Random(f"{scene.kind}:{scene.seed}")  # noqa: S311 - a picture, not a secret
    moods = palette.EVENING_MOODS if scene.kind is SceneKind.HALL else palette.MOODS
    stage = Stage(canvas, mood=rng.choice(moods), rng=rng, light=rng.choice((-1, 1)))
    paint_walls(stage)
    _COMPOSERS[scene.kind](stage, scene)
