"""The drawn pictures that stand in for photographs: one record, one picture; another record, another."""

from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from newsroom.photos.placeholders import Backdrop, Scene, SceneKind, draw, encode, scene_for

SEED = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
FLAWED_SCENES = [
    ({"people": 0}, "A row holds 1 to 16 people, not 0."),
    ({"people": 200}, "A row holds 1 to 16 people, not 200."),
    ({"rows": 0}, "A group stands in 1 to 4 rows, not 0."),
    ({"rows": 9}, "A group stands in 1 to 4 rows, not 9."),
    ({"people": 5, "marked": (6,)}, "The places (6,) are not all in a row of 5."),
    ({"people": 5, "marked": (0,)}, "The places (0,) are not all in a row of 5."),
    ({"backdrop": "flags"}, "There is no backdrop called “flags”."),
]
CAPTIONS = [
    ("The director gives the keynote", SceneKind.LECTERN),
    ("The president delivering an opening speech", SceneKind.LECTERN),
    ("A professor during her presentation", SceneKind.LECTERN),
    ("Panel discussion", SceneKind.PANEL),
    ("The speakers in discussion after the break", SceneKind.PANEL),
    ("Group photo", SceneKind.GROUP),
    ("The ambassador and the president pose with members", SceneKind.GROUP),
    ("Background photo: the minister at another occasion", SceneKind.PORTRAIT),
    ("Participants from both ministries fill the ballroom before the first session begins", SceneKind.HALL),
]


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, on average, of 255."""
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


def described(caption: str, **record: object) -> Scene:
    facts = {"seed": SEED, "marked": (), "shown": 0, "is_group": False, "is_portrait": False}
    return scene_for(caption=caption, **{**facts, **record})


@pytest.mark.parametrize("kind", SceneKind)
def test_scene_drawn_twice_is_the_same_file(kind):
    scene = Scene(kind, SEED, people=6, rows=2, marked=(2,))

    first, second = (encode(draw(scene, 480, 320), "WEBP") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("kind", SceneKind)
@pytest.mark.parametrize("size", [(640, 427), (600, 300), (300, 300), (150, 100), (32, 32)])
def test_picture_has_the_size_asked_for(kind, size):
    picture = draw(Scene(kind, SEED, people=4, rows=3), *size)

    assert (picture.size, picture.mode) == (size, "RGB")


def test_small_picture_is_the_large_one_made_smaller():
    scene = Scene(SceneKind.PANEL, SEED, people=5)
    upper = (0, 0, 300, 180)  # without the mark, which keeps a readable size

    shrunk, small = draw(scene).resize((300, 200), Image.Resampling.BOX), draw(scene, 300, 200)

    assert difference(shrunk.crop(upper), small.crop(upper)) < 6


@pytest.mark.parametrize("kind", [SceneKind.LECTERN, SceneKind.PORTRAIT])
def test_seeds_of_one_page_draw_visibly_different_pictures(kind):
    pictures = [draw(Scene(kind, f"{SEED}-{number}"), 96, 64) for number in range(17)]

    alike = [pair for pair in combinations(range(17), 2) if difference(*(pictures[n] for n in pair)) < 10]

    assert alike == []


def test_marked_places_change_the_picture_there_and_nowhere_else():
    fifth = draw(Scene(SceneKind.GROUP, SEED, people=10, rows=3, marked=(5,)))
    sixth = draw(Scene(SceneKind.GROUP, SEED, people=10, rows=3, marked=(6,)))

    left, _, right, _ = ImageChops.difference(fifth, sixth).getbbox()

    assert 470 < left < 550 < 650 < right < 730


@pytest.mark.parametrize(("place", "x"), [(1, 145), (5, 549), (6, 650), (10, 1054)])
def test_marked_place_has_a_dot_at_its_feet(place, x):
    picture = draw(Scene(SceneKind.GROUP, SEED, people=10, rows=2, marked=(place,)))

    red, green, blue = picture.getpixel((x, 674))

    assert (red > 140, green < 60, blue < 60) == (True, True, True)


def test_unmarked_group_has_no_dots():
    picture = draw(Scene(SceneKind.GROUP, SEED, people=10, rows=2)).crop((0, 655, 1100, 700))

    reds = [red for red, green, _ in picture.get_flattened_data() if red > green + 60]

    assert reds == []


@pytest.mark.parametrize("size", [(1200, 800), (640, 427), (1200, 600), (150, 100)])
def test_every_picture_carries_the_seal_of_a_placeholder_in_its_corner(size):
    picture = draw(Scene(SceneKind.LECTERN, SEED), *size)
    side = max(20, size[1] // 10)
    corner = picture.crop((size[0] - side, size[1] - side, *size))

    reds = sum(red > 120 and red > 2 * green for red, green, _ in corner.get_flattened_data())

    assert reds > 0.04 * corner.width * corner.height


@pytest.mark.parametrize("name", ["WEBP", "JPEG", "AVIF"])
def test_encoded_picture_is_a_file_of_that_format(name):
    picture = draw(Scene(SceneKind.HALL, SEED), 300, 200)

    reopened = Image.open(BytesIO(encode(picture, name)))

    assert (reopened.format, reopened.size, len(reopened.getexif())) == (name, (300, 200), 0)


def test_encode_refuses_a_format_that_pages_do_not_use():
    picture = Image.new("RGB", (40, 40))

    with pytest.raises(ValueError, match="A placeholder is a WEBP, JPEG or AVIF file, not BMP"):
        encode(picture, "BMP")


@pytest.mark.parametrize(("flaw", "message"), FLAWED_SCENES)
def test_impossible_scene_is_refused_with_its_reason(flaw, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole message is compared
        Scene(SceneKind.GROUP, SEED, **flaw)

    assert str(refusal.value) == message


@pytest.mark.parametrize("size", [(0, 0), (31, 400), (400, -1), (2401, 400)])
def test_picture_of_an_absurd_size_is_refused(size):
    scene = Scene(SceneKind.HALL, SEED)

    with pytest.raises(ValueError, match="A picture measures 32 to 2400 pixels a side"):
        draw(scene, *size)


@pytest.mark.parametrize("kind", SceneKind)
@pytest.mark.parametrize("people", [1, 16])
def test_fewest_and_most_people_can_be_drawn(kind, people):
    picture = draw(Scene(kind, SEED, people=people, rows=4), 120, 80)

    assert difference(picture, Image.new("RGB", picture.size, picture.getpixel((0, 0)))) > 5


@pytest.mark.parametrize("backdrop", Backdrop)
def test_backdrop_that_is_named_is_drawn(backdrop):
    other = Backdrop.SLATS if backdrop is not Backdrop.SLATS else Backdrop.GLOBE

    named, another = (draw(Scene(SceneKind.PORTRAIT, SEED, backdrop=choice), 120, 80) for choice in (backdrop, other))

    assert difference(named, another) > 1


@pytest.mark.parametrize(("caption", "kind"), CAPTIONS)
def test_words_of_a_caption_choose_the_scene(caption, kind):
    assert described(caption).kind == kind


def test_bare_name_is_a_lectern_or_a_portrait_by_its_seed():
    kinds = {described("Namjoon Cho", seed=seed).kind for seed in "abcdef"}

    assert kinds == {SceneKind.LECTERN, SceneKind.PORTRAIT}


def test_long_label_of_one_person_is_no_full_hall():
    caption = "Namjoon Cho, director of an institute that studies how economies change over the decades"

    kinds = {described(caption, seed=seed, shown=1).kind for seed in "abcdef"}

    assert kinds == {SceneKind.LECTERN, SceneKind.PORTRAIT}


def test_file_picture_stands_before_a_curtain():
    scene = described("File picture of the minister")

    assert scene == Scene(SceneKind.PORTRAIT, SEED, backdrop=Backdrop.CURTAIN)


def test_record_says_more_than_the_words():
    group = described("Opening speech", is_group=True)
    portrait = described("Members of the panel", is_portrait=True)

    assert (group.kind, portrait.kind) == (SceneKind.GROUP, SceneKind.PORTRAIT)


def test_group_keeps_the_marked_places_and_has_room_for_them():
    scene = described("They pose", marked=(6, 5), shown=2, is_group=True)

    assert (scene.marked, scene.people > 6, scene.rows in {2, 3}) == ((5, 6), True, True)


@pytest.mark.parametrize(("marked", "shown", "kept"), [((0, -3, 99), 2, ()), ((16, 16), 500, (16,)), ((), -5, ())])
def test_group_of_a_careless_record_is_clamped(marked, shown, kept):
    scene = described("", marked=marked, shown=shown, is_group=True)

    assert (scene.marked, 9 <= scene.people <= 16) == (kept, True)


@pytest.mark.parametrize(("shown", "seats"), [(3, 3), (5, 5), (40, 7)])
def test_panel_seats_those_shown_as_far_as_the_table_goes(shown, seats):
    assert described("Panel discussion", shown=shown).people == seats
