"""Photo desk, intake: whatever a camera or a printer wrote, made into eight bits of sRGB, upright."""

from __future__ import annotations

import io

from PIL import Image, ImageCms, ImageOps

SRGB = ImageCms.createProfile("sRGB")
SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")
SEE_THROUGH = ("RGBA", "LA", "PA", "RGBa", "La")


def upright_srgb(picture: Image.Image) -> Image.Image:
    """As a reader's screen shows it: turned as its camera was held, on white where it is transparent."""
    profile = picture.info.get("icc_profile")
    opaque = without_transparency(eight_bits(picture))
    coloured = (_by_profile(opaque, profile) if profile else None) or _by_mode(opaque)
    coloured.info.clear()
    return coloured


def eight_bits(picture: Image.Image) -> Image.Image:
    """Upright, with sixteen bits of grey scaled to eight: Pillow itself would only cut them off."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in SIXTEEN_BITS:
        return upright.point(lambda value: value * (1 / 256)).convert("L")
    return upright


def without_transparency(picture: Image.Image) -> Image.Image:
    if picture.mode in SEE_THROUGH or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB") if picture.mode == "P" else picture


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """None where the profile is broken, or not one for these colours: then the mode alone has to do."""
    try:
        return ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            SRGB,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, ValueError, OSError):
        return None


def _by_mode(picture: Image.Image) -> Image.Image:
    if picture.mode == "LAB":
        return _from_lab(picture)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _from_lab(picture: Image.Image) -> Image.Image:
    turned = ImageCms.profileToProfile(picture, ImageCms.createProfile("LAB"), SRGB, outputMode="RGB")
    if turned is None:  # only where it is asked to work in place
        raise ValueError("no picture came of the LAB colours")
    return turned
