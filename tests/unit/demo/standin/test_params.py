import pytest

from demo.standin.errors import InvalidParameter
from demo.standin.params import MAX_INPUT_VARS, Many, Struct, Value, check, parse_form, strip_tags

SPEC = Struct(
    {
        "postid": Value("int"),
        "subject": Value("text"),
        "format": Value("int", default=1),
        "note": Value("raw", optional=True),
        "options": Many(Struct({"name": Value("alphanum"), "on": Value("bool")}), default=[]),
    }
)


def test_nests_brackets_as_php_does() -> None:
    pairs = [("a[0][b]", "1"), ("a[1][b]", "2"), ("c", "3"), ("d[]", "x"), ("d[]", "y")]
    assert parse_form(pairs) == {
        "a": {"0": {"b": "1"}, "1": {"b": "2"}},
        "c": "3",
        "d": {"0": "x", "1": "y"},
    }


def test_drops_what_is_past_max_input_vars_silently() -> None:
    parsed = parse_form((f"a[{n}]", "x") for n in range(MAX_INPUT_VARS + 100))
    assert len(parsed["a"]) == MAX_INPUT_VARS


def test_fills_defaults_and_types() -> None:
    form = {"postid": "7", "subject": "a < b", "options": {"0": {"name": "x", "on": "1"}}}
    assert check(SPEC, form) == {
        "postid": 7,
        "subject": "a < b",
        "format": 1,
        "options": [{"name": "x", "on": True}],
    }


@pytest.mark.parametrize(
    ("form", "debuginfo"),
    [
        ({"subject": "s"}, "Missing required key in single structure: postid"),
        ({"postid": "7", "subject": "s", "userid": "5"}, "Unexpected keys (userid)"),
        ({"postid": "abc", "subject": "s"}, 'the value is "abc"'),
        ({"postid": "7", "subject": "x <3 you"}, "the type is"),
        ({"postid": "7", "subject": "<b>hi</b>"}, "the type is"),
        ({"postid": {"0": "7"}, "subject": "s"}, "Scalar type expected"),
        ({"postid": "7", "subject": "s", "options": "x"}, "Only arrays accepted"),
    ],
)
def test_refuses_what_moodle_refuses(form: dict[str, object], debuginfo: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        check(SPEC, form)
    assert debuginfo in refused.value.debuginfo
    assert refused.value.errorcode == "invalidparameter"


@pytest.mark.parametrize(
    ("text", "left"),
    [("a < b", "a < b"), ("x <3 you", "x "), ("<b>hi</b>", "hi"), ("a > b", "a > b"), ("R&D", "R&D")],
)
def test_strip_tags_is_phps(text: str, left: str) -> None:
    assert strip_tags(text) == left
