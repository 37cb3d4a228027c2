"""Parameters as PHP reads them."""

from moodle_bridge.moodle.forms import Tree, form_fields


def test_a_tree_becomes_bracketed_names_in_order() -> None:
    tree: dict[str, Tree] = {
        "a": 1,
        "list": ["x", "y"],
        "options": [{"name": "n", "value": True}],
        "none": None,
        "no": False,
    }
    assert form_fields(tree) == [
        ("a", "1"),
        ("list[0]", "x"),
        ("list[1]", "y"),
        ("options[0][name]", "n"),
        ("options[0][value]", "1"),
        ("no", "0"),
    ]
