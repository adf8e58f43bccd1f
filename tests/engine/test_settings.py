import pytest

from engine.errors import SettingsError
from engine.settings import TrainingSettings, parse_hidden


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", ()),
        ("none", ()),
        ("100", (100,)),
        ("512 256", (512, 256)),
        ("512, 256", (512, 256)),
        ("8-8-8", (8, 8, 8)),
        ("100,", (100,)),
        ("512,256", (512, 256)),
        ("٥١٢ ٢٥٦", (512, 256)),
        ("8,1,024", (8, 1, 24)),
    ],
)
def test_hidden_layers_are_read_as_people_write_them(text, sizes):
    assert parse_hidden(text) == sizes


@pytest.mark.parametrize(
    "text", ["a", "10 b", "0", "99999", "1.5", "1,024", "²", "9" * 5000, "1 " * 9, "x", "-5"]
)
def test_what_is_no_list_of_sizes_is_refused_at_its_field(text):
    with pytest.raises(SettingsError) as refused:
        parse_hidden(text)
    assert refused.value.field == "hidden"


@pytest.mark.parametrize(
    "settings",
    [
        TrainingSettings(),
        TrainingSettings(hidden=()),
        TrainingSettings((4096,) * 8, "elu", 1000, 8192, 10.0, 0.0, 1.0, "constant", True, True, 2**63 - 1),
        TrainingSettings((1,), "leaky-relu", 1, 1, 1e-9, 0.999, 0.0, "one-cycle", False, False, 0),
    ],
)
def test_the_bounds_themselves_are_allowed(settings):
    settings.check()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hidden", (4097,)),
        ("hidden", (-1,)),
        ("hidden", (5,) * 9),
        ("activation", "ReLU"),
        ("epochs", 1001),
        ("batch_size", 8193),
        ("learning_rate", 10.001),
        ("learning_rate", -0.1),
        ("learning_rate", float("inf")),
        ("momentum", -0.1),
        ("momentum", float("nan")),
        ("weight_decay", 1.1),
        ("weight_decay", float("nan")),
        ("schedule", ""),
        ("seed", 2**63),
    ],
)
def test_what_is_beyond_them_is_refused_in_one_sentence_at_its_field(field, value):
    with pytest.raises(SettingsError) as refused:
        TrainingSettings(**{field: value}).check()
    assert refused.value.field == field
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (TrainingSettings(), ()),
        (TrainingSettings(hidden=(512, 256)), ()),
        (TrainingSettings(level=1), ("level 1",)),
        (TrainingSettings(optimiser="adam", learning_rate=0.002), ("Adam",)),
        (TrainingSettings(hidden=(), activation="elu"), ()),
        (TrainingSettings(activation="elu", seed=3), ("ELU", "seed 3")),
        (TrainingSettings(learning_rate=0.1, epochs=1, warps=True), ("rate 0.1", "1 epoch", "warps")),
    ],
)
def test_what_tells_runs_apart_is_what_is_not_as_usual(settings, words):
    assert settings.differences() == words
