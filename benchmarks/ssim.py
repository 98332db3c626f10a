"""Benchmarks: how alike two pictures look: the structural similarity index (Wang et al. 2004) over blocks of 8 × 8."""

from __future__ import annotations

from PIL import Image, ImageMath

BLOCK = 8
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def ssim(one: Image.Image, other: Image.Image) -> float:
    """1 for the same picture; of brightness alone, which is what eyes are sharpest for."""
    x, y = (picture.convert("L").convert("F") for picture in (one, other))
    mean_x, mean_y = _means(x), _means(y)
    square_x, square_y, product = (_means(_times(a, b)) for a, b in ((x, x), (y, y), (x, y)))
    index = ImageMath.lambda_eval(
        lambda found: (
            ((2 * found["mx"] * found["my"] + C1) * (2 * (found["xy"] - found["mx"] * found["my"]) + C2))
            / (
                (found["mx"] * found["mx"] + found["my"] * found["my"] + C1)
                * (found["xx"] - found["mx"] * found["mx"] + found["yy"] - found["my"] * found["my"] + C2)
            )
        ),
        mx=mean_x,
        my=mean_y,
        xx=square_x,
        yy=square_y,
        xy=product,
    )
    average = index.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return float(average)


def _means(picture: Image.Image) -> Image.Image:
    """Of each block; what is left over at the edges stays out."""
    width, height = picture.width // BLOCK, picture.height // BLOCK
    return picture.crop((0, 0, width * BLOCK, height * BLOCK)).resize((width, height), Image.Resampling.BOX)


def _times(one: Image.Image, other: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(lambda found: found["a"] * found["b"], a=one, b=other)
