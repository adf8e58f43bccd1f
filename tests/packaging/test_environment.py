import pytest

from resources.packaging.environment import check_torch
from resources.packaging.tools import PackagingError


def test_the_pytorch_asked_for_is_taken():
    check_torch("", is_wanted=False)
    check_torch("13.0", is_wanted=True)


@pytest.mark.parametrize(
    ("cuda", "is_wanted", "said"), [("13.0", False, "CUDA 13.0"), ("", True, "CPU only")]
)
def test_the_other_one_is_refused_in_one_sentence(cuda, is_wanted, said):
    with pytest.raises(PackagingError, match=said) as caught:
        check_torch(cuda, is_wanted)
    assert "--torch-index" in str(caught.value)
    assert "--cuda" in str(caught.value)
