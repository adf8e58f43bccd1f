import pytest

from engine.errors import SettingsError
from engine.settings import parse_hidden


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", ()),
        ("none", ()),
        ("100", (100,)),
        ("512 256", (512, 256)),
        ("512, 256", (512, 256)),
        ("8-8-8", (8, 8, 8)),
    ],
)
def test_hidden_layers_are_read_as_people_write_them(text, sizes):
    assert parse_hidden(text) == sizes


@pytest.mark.parametrize("text", ["a", "10 b", "0", "99999", "1.5", "٣", "9" * 5000, "1 " * 9])
def test_what_is_no_list_of_sizes_is_refused_at_its_field(text):
    with pytest.raises(SettingsError) as refused:
        parse_hidden(text)
    assert refused.value.field == "hidden"
