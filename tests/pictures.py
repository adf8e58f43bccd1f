"""Picture files of a seven, of every kind that people may open, for tests of the engine and the window."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SEVEN = [(80, 60), (220, 60), (120, 250)]


def seven(mode: str = "L", paper: object = 255, ink: object = 0, scale: float = 1.0) -> Image.Image:
    """A seven of 300 × 300 pixels times `scale`."""
    side = round(300 * scale)
    image = Image.new(mode, (side, side), paper)  # type: ignore[arg-type]
    points = [(scale * x, scale * y) for x, y in SEVEN]
    ImageDraw.Draw(image).line(points, fill=ink, width=round(24 * scale), joint="curve")  # type: ignore[arg-type]
    return image


def save_all_kinds(folder: Path) -> list[Path]:
    """Files that all show a seven and nothing else."""
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright: shown as stored, the seven would lie on its side
    frames = [seven(), seven(paper=0, ink=255)]
    files: list[tuple[str, Image.Image, dict[str, object]]] = [
        ("alpha.png", seven("RGBA", (0, 0, 0, 0), (10, 10, 40, 255)), {}),
        ("turned.jpg", seven().transpose(Image.Transpose.ROTATE_90), {"exif": turned}),
        ("deep.png", seven("I;16", 65535, 0), {}),
        ("cmyk.jpg", seven("CMYK", (0, 0, 0, 0), (0, 0, 0, 255)), {}),
        ("moving.gif", frames[0], {"save_all": True, "append_images": frames[1:]}),
        ("one-megapixel.png", seven(scale=10 / 3), {}),
    ]
    for name, image, options in files:
        image.save(folder / name, **options)  # type: ignore[arg-type]
    return [folder / name for name, *_ in files]


def save_gigantic_jpeg(path: Path) -> Path:
    """A seven of 100 megapixels."""
    seven(scale=100 / 3).save(path)
    return path


def noise(seed: int = 0) -> Image.Image:
    """A picture that shows nothing at all."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (300, 400), dtype=np.uint8))


def save_digit_at_the_edge(path: Path) -> Path:
    """A two that touches two edges of shaded paper, and a small dash in its middle."""
    image = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(image)
    two = [(60, 80), (110, 20), (200, 0), (300, 60), (280, 170), (60, 385), (380, 392)]
    draw.line(two, fill=0, width=28, joint="curve")
    draw.line([(170, 208), (202, 212)], fill=30, width=11)
    light = np.linspace(1.0, 0.45, 400)
    grain = np.random.default_rng(0).normal(0, 3, (400, 400))
    Image.fromarray(np.clip(np.asarray(image) * light * 0.85 + grain, 0, 255).astype(np.uint8)).save(path)
    return path


def save_two_rows(path: Path) -> Path:
    """A seven and a one above a one and a seven."""
    image = Image.new("L", (500, 500), 230)
    draw = ImageDraw.Draw(image)
    for across, down, has_bar in ((0, 0, True), (200, 0, False), (0, 220, False), (200, 220, True)):
        bar = [(60 + across, 60 + down)] if has_bar else []
        stem = [(160 + across, 60 + down), (110 + across, 200 + down)]
        if not has_bar:
            stem = [(130 + across, 60 + down), (125 + across, 200 + down)]
        draw.line([*bar, *stem], fill=10, width=14, joint="curve")
    image.save(path)
    return path
