from engine.errors import DataError
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import check_reader

_SAMPLES = (b"one whole file", b"\x00\x01\x02\x03 another")


def test_the_same_seed_makes_the_same_inputs():
    first = list(mutations(_SAMPLES, 200, seed=3))
    assert first == list(mutations(_SAMPLES, 200, seed=3))
    assert first != list(mutations(_SAMPLES, 200, seed=4))
    assert len(set(first)) > 150


def test_a_foreign_exception_is_counted_and_ours_is_a_refusal():
    def read(data: bytes) -> None:
        if data == b"foreign":
            raise ValueError("not ours")
        if data == b"ours":
            raise DataError("ours")

    report = check_reader(read, [b"foreign", b"ours", b"fine"], DataError)
    assert (report.inputs, report.accepted) == (3, 1)
    assert report.foreign == {"ValueError: not ours": 1}
