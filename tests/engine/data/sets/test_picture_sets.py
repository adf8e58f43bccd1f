"""Pictures in a folder for each class are a set, whatever else lies there."""

import io
import os
import sys
import unicodedata

import numpy as np
import pytest
from PIL import Image

from engine.data.sets import picture_folder, picture_set
from engine.data.sets.reading import read_set
from engine.errors import DataError
from engine.preprocessing.normaliser import normalise_picture
from engine.preprocessing.photographs.pictures import read_picture
from tests.engine.data.sets.made_sets import pictures

IMAGES, LABELS = pictures(20)


def put(folder, image, name="1.png", **options):
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image).save(folder / name, **options)
    return folder / name


def put_classes(folder, classes=("A", "b", "11"), count=3, images=IMAGES):
    for place, label in enumerate(classes):
        for number in range(count):
            put(folder / label, images[place * count + number], f"{number}.png")


def rows(images):
    return images.reshape(len(images), -1)


def sentence_of(folder):
    with pytest.raises(DataError) as raised:
        read_set(folder)
    words = str(raised.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words


def test_folders_are_classes_and_pictures_of_28_pixels_are_taken_as_they_are(tmp_path):
    put_classes(tmp_path / "letters")
    found = read_set(tmp_path / "letters")
    assert (found.name, found.classes) == ("letters", ("11", "A", "b"))
    assert found.test is None
    assert found.training.labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert np.array_equal(found.training.images, rows(IMAGES[[6, 7, 8, 0, 1, 2, 3, 4, 5]]))
    assert found.sentence() == "9 pictures of 3 classes, 3 each."


@pytest.mark.parametrize("suffix", ["png", "bmp", "gif", "webp", "tif", "pgm", "JPG"])
def test_all_usual_kinds_of_pictures_are_read(tmp_path, suffix):
    for label in "ab":
        for number, image in enumerate(IMAGES[:2]):
            kinds = {"webp": {"lossless": True}, "JPG": {"quality": 100}}
            put(tmp_path / label, image, f"{number}.{suffix}", **kinds.get(suffix, {}))
    found = read_set(tmp_path)
    assert len(found.training) == 4
    difference = found.training.images[:2].astype(int) - rows(IMAGES[:2])
    assert np.abs(difference).max() <= (8 if suffix == "JPG" else 0)


def test_colour_and_transparency_become_grey(tmp_path):
    for label in "ab":
        put(tmp_path / label, np.repeat(IMAGES[0][..., None], 3, axis=2), "1.png")
        ink = np.zeros((28, 28, 4), np.uint8)
        ink[..., 3] = IMAGES[0]  # black ink and no paper
        put(tmp_path / label, ink, "2.png")
        put(tmp_path / label, IMAGES[0], "3.png")
    images = read_set(tmp_path).training.images
    assert np.array_equal(images[0], images[2])
    put(tmp_path / "a", ink, "1.png")
    put(tmp_path / "b", ink, "1.png")
    images = read_set(tmp_path).training.images
    assert np.abs(images[0].astype(int) - images[2]).max() <= 1


@pytest.mark.parametrize("reach_around", [0, 1])
def test_what_is_on_light_paper_is_turned_and_nine_in_ten_decide_for_the_rest(tmp_path, reach_around):
    images = np.concatenate([IMAGES, IMAGES])
    if reach_around:
        images[7] = 255 - images[7]  # one is light all around, and meant so
    for paper in (0, 255):
        folder = tmp_path / str(paper)
        put_classes(folder, "ab", 20, images ^ np.uint8(paper))
        assert np.array_equal(
            np.sort(read_set(folder).training.images, axis=0), np.sort(rows(images), axis=0)
        )


def test_where_papers_are_mixed_each_picture_decides_for_itself(tmp_path):
    mixed = IMAGES.copy()
    mixed[::2] ^= 255
    put_classes(tmp_path, "ab", 10, mixed)
    assert np.array_equal(read_set(tmp_path).training.images, rows(IMAGES))


def test_other_sizes_are_read_as_pictures_on_the_pad_are(tmp_path):
    for label, side in (("a", 64), ("b", 200)):
        for number in range(2):
            image = np.full((side, side + 10 * number), 230, np.uint8)
            image[side // 4 : 3 * side // 4, side // 3 : side // 2] = 40
            path = put(tmp_path / label, image, f"{number}.png")
            put(tmp_path / label, IMAGES[number], f"own-{number}.png")
            expected = np.rint(normalise_picture(read_picture(path)) * 255)
            assert expected.max() > 200
            last = expected
    found = read_set(tmp_path)
    assert len(found.training) == 8
    assert np.array_equal(found.training.images[5], last)
    assert np.array_equal(found.training.images[6:], rows(IMAGES[:2]))


@pytest.mark.parametrize(
    ("training", "test"), [("train", "test"), ("Training", "Testing"), ("validation", "test")]
)
def test_folders_of_parts(tmp_path, training, test):
    put_classes(tmp_path / training, "ab", 3)
    put_classes(tmp_path / test, "ab", 2, IMAGES[10:])
    found = read_set(tmp_path)
    assert np.array_equal(found.training.images, rows(IMAGES[:6]))
    assert np.array_equal(found.test.images, rows(IMAGES[10:14]))
    assert found.test.labels.tolist() == [0, 0, 1, 1]
    assert found.sentence() == "6 pictures of 2 classes, 3 each, and 4 to test on."


def test_pictures_to_validate_on_are_joined_to_those_to_learn_from(tmp_path):
    put_classes(tmp_path / "train", "ab", 3)
    put_classes(tmp_path / "validation", "ab", 2, IMAGES[10:])
    found = read_set(tmp_path)
    assert (len(found.training), found.test) == (10, None)


def test_classes_that_are_called_like_parts(tmp_path):
    put_classes(tmp_path / "one", ("test", "train"))
    assert read_set(tmp_path / "one").classes == ("test", "train")
    put_classes(tmp_path / "two", ("test", "cat"))
    assert read_set(tmp_path / "two").classes == ("cat", "test")


def test_a_part_to_test_on_alone(tmp_path):
    put_classes(tmp_path / "test", "ab")
    assert "none to learn from" in sentence_of(tmp_path)


def test_a_class_that_is_only_in_the_part_to_test_on(tmp_path):
    put_classes(tmp_path / "train", "ab")
    put_classes(tmp_path / "test", "abc")
    assert "“c”" in sentence_of(tmp_path)


def test_a_folder_around_the_set_and_folders_within_classes(tmp_path):
    put_classes(tmp_path / "download" / "letters", "ab", 2)
    put(tmp_path / "download" / "letters" / "a" / "ada" / "monday", IMAGES[5])
    (tmp_path / "download" / "README.md").write_text("letters")
    found = read_set(tmp_path)
    assert found.classes == ("a", "b")
    assert np.bincount(found.training.labels).tolist() == [3, 2]
    assert found.faults == {}


@pytest.mark.parametrize("around", [".", "all"])
def test_folders_without_pictures_are_no_classes(tmp_path, around):
    place = tmp_path / around
    put_classes(place / "train", "ab")
    put_classes(place / "test", "ab")
    for folder in ("code", "train/notes", "code/test"):
        (place / folder).mkdir(parents=True)
        (place / folder / "read_them.py").write_text("import this")
    found = read_set(tmp_path)
    assert (found.classes, len(found.training), len(found.test)) == (("a", "b"), 6, 6)
    assert found.faults == {}


def test_hidden_files_are_passed_over_and_all_else_is_counted(tmp_path):
    put_classes(tmp_path, "ab", 3)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._1.png"):
        (tmp_path / "a" / name).write_bytes(b"whatever")
    put(tmp_path / "__MACOSX" / "a", IMAGES[0])
    put(tmp_path / ".ipynb_checkpoints", IMAGES[0])
    assert read_set(tmp_path).faults == {}
    put(tmp_path, IMAGES[0], "loose.png")
    (tmp_path / "README.md").write_text("nothing to learn")
    (tmp_path / "a" / "labels.txt").write_text("a")
    (tmp_path / "a" / "empty.png").touch()
    whole = (tmp_path / "a" / "0.png").read_bytes()
    (tmp_path / "a" / "cut.png").write_bytes(whole[: len(whole) // 2])
    put(tmp_path / "a", np.full((50, 50), 255, np.uint8), "blank.png")
    (tmp_path / "a" / "bomb.png").write_bytes(whole[:16] + b"\x7f\xff\xff\xff" * 2 + whole[24:])
    found = read_set(tmp_path)
    assert len(found.training) == 6
    assert found.faults == {
        "outside the folders of classes": 1,
        "of another kind": 1,
        "unreadable": 3,
        "without ink": 1,
    }
    assert found.sentence() == (
        "6 pictures of 2 classes, 3 each; 6 were left out: 1 outside the folders of classes, 1 without ink, "
        "3 unreadable, 1 of another kind."
    )


def test_pictures_and_folders_have_a_most(tmp_path, monkeypatch):
    put_classes(tmp_path, "ab", 3)
    noise = np.random.default_rng(0).integers(0, 255, (200, 200), np.uint8)
    put(tmp_path / "a", noise, "large.png")
    monkeypatch.setattr(picture_set, "_MOST_BYTES", 10_000)
    assert list(read_set(tmp_path).faults.values()) == [1]
    monkeypatch.setattr(picture_folder, "MOST_FILES", 5)
    assert "more than 5 files" in sentence_of(tmp_path)


def test_classes_that_cannot_be_learned(tmp_path):
    put_classes(tmp_path / "one", "a")
    assert "of the class a" in sentence_of(tmp_path / "one")
    put_classes(tmp_path / "single", "ab")
    put(tmp_path / "single" / "x", IMAGES[0])
    assert "The class “x” of single has one picture: at least two" in sentence_of(tmp_path / "single")
    put_classes(tmp_path / "long", ("a", "word " * 5))
    assert "at most 20 characters" in sentence_of(tmp_path / "long")
    for number in range(65):
        put(tmp_path / "many" / f"{number}", IMAGES[0])
    assert "65 classes" in sentence_of(tmp_path / "many")
    put_classes(tmp_path / "gone", "ab")
    (tmp_path / "gone" / "c").mkdir()
    (tmp_path / "gone" / "c" / "1.png").write_bytes(b"none")
    assert "No picture of the class “c”" in sentence_of(tmp_path / "gone")
    put(tmp_path / "flat", IMAGES[0])
    assert "no pictures to learn from" in sentence_of(tmp_path / "flat")
    (tmp_path / "empty").mkdir()
    assert "a folder of pictures with a sub-folder for each class" in sentence_of(tmp_path / "empty")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take both names for one")
def test_a_class_that_is_named_twice(tmp_path):
    both = ("é", unicodedata.normalize("NFD", "é"))
    put_classes(tmp_path / "accents", both)
    assert "two folders of the class “é”" in sentence_of(tmp_path / "accents")
    put_classes(tmp_path / "blanks", ("a", "a ", "b"))
    assert "two folders of the class “a”" in sentence_of(tmp_path / "blanks")
    # In two parts they are one class.
    put_classes(tmp_path / "parts" / "train", (both[0], "x"))
    put_classes(tmp_path / "parts" / "test", (both[1], "x"))
    assert read_set(tmp_path / "parts").classes == ("x", "é")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names, and links need a right there")
def test_pipes_hold_nobody_up_and_links_are_followed_once(tmp_path):
    put_classes(tmp_path, "ab")
    os.mkfifo(tmp_path / "a" / "pipe.png")
    (tmp_path / "a" / "around").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "b" / "link.png").symlink_to(tmp_path / "a" / "0.png")
    found = read_set(tmp_path)
    assert np.bincount(found.training.labels).tolist() == [3, 4]
    assert found.faults == {"unreadable": 1}


def test_damaged_pictures_of_any_kind_are_counted_and_never_end_it(tmp_path):
    put_classes(tmp_path, "ab", 2)
    random = np.random.default_rng(3)
    for kind in ("png", "jpeg", "gif", "bmp", "tiff", "webp"):
        file = io.BytesIO()
        Image.fromarray(IMAGES[0]).save(file, kind)
        for number in range(20):
            content = bytearray(file.getvalue())
            for place in random.integers(0, len(content), 6):
                content[place] = random.integers(0, 256)
            (tmp_path / "a" / f"damaged-{number}.{kind}").write_bytes(content)
    found = read_set(tmp_path)
    assert len(found.training) + sum(found.faults.values()) == 124
    assert found.faults["unreadable"] > 10
