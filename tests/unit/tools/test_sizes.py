"""What has grown too long is named with its length."""

from pathlib import Path

from tools import sizes


def test_long_function_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def tell():\n" + "    print()\n" * 50)
    assert list(sizes.too_long(path)) == [f"{path}:1 tell: 51 lines, 50 fit"]


def test_long_module_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("A = 1\n" * 401)
    assert list(sizes.too_long(path)) == [f"{path}: 401 lines, 400 fit"]


def test_what_just_fits_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "fits.py"
    path.write_text("def tell():\n" + "    print()\n" * 49 + "A = 1\n" * 350)
    assert list(sizes.too_long(path)) == []
