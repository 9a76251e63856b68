"""What a rendering may cost: work is counted where it can be repeated, and ends when there is too much of it."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2.exceptions import SecurityError

from reportgen.house import TemplateText
from reportgen.templating.budget import CALL, MAX_REPEAT, STEP, Budget, OverBudget, size_of
from reportgen.templating.environment import ReportEnvironment, make_environment, make_expression_environment


def environment_of(budget: Budget, **texts: str) -> ReportEnvironment:
    templates = {name: TemplateText(f"house/{name}.xml.j2", text) for name, text in texts.items()}
    return make_environment(templates, {}, {}, lambda value: value, budget)


def cost(text: str, **names: Any) -> int:
    """What rendering a template takes of its budget, without what the template itself costs."""
    budget = Budget()
    before = budget.left
    environment_of(budget, t=text).get_template("t").render(names)
    empty = Budget()
    environment_of(empty, t="").get_template("t").render()
    return before - budget.left - (before - empty.left)


def test_each_time_round_a_loop_is_counted_and_what_it_prints_of_the_template() -> None:
    once = cost("{% for a in xs %}{% endfor %}", xs="a")
    assert once == STEP
    assert cost("{% for a in xs %}{% endfor %}", xs="abcde") == 5 * STEP
    assert cost("{% for a in xs %}12345678{% endfor %}", xs="ab") == 2 * (STEP + 8) + 8  # 8: of the template itself


def test_each_call_of_a_macro_is_counted() -> None:
    called = "{% macro m() %}{% endmacro %}" + "{{ m() }}" * 3
    assert cost(called) == 3 * CALL


def test_a_loop_in_loops_is_ended() -> None:
    loops = "{% for a in xs %}" * 6 + "{% endfor %}" * 6
    with pytest.raises(OverBudget):
        environment_of(Budget(), t=loops).get_template("t").render(xs="a" * 100)


def test_expressions_and_templates_have_one_budget() -> None:
    budget = Budget(2_000)
    expressions = make_expression_environment({}, {}, budget)
    expressions.compile_expression("'a' * 900 ~ ''")()
    with pytest.raises(OverBudget):
        environment_of(budget, t="{{ 'a' ~ 'b' }}").get_template("t").render()


def test_a_compiled_expression_counts_against_the_budget_of_whoever_works_it_out() -> None:
    for _ in range(3):
        budget = Budget(10_000)
        make_expression_environment({}, {}, budget).compile_expression("('ab' * 1000) ~ x")(x="c")
        assert 10_000 - budget.left >= 4_000


def test_a_compiled_template_counts_against_the_budget_of_whoever_prints_it() -> None:
    text = "{% for a in xs %}{% endfor %}"
    for _ in range(3):
        assert cost(text, xs="abc") == 3 * STEP


@pytest.mark.parametrize(
    "expression",
    ["[x, x]", "(x, x)", "{'a': x, 'b': x}", "[1] + [x, x]"],
)
def test_lists_in_lists_are_measured_whole(expression: str) -> None:
    expressions = make_expression_environment({}, {}, Budget())
    with pytest.raises(SecurityError, match="more than 10,000 items"):
        expressions.compile_expression(expression)(x=[1] * (MAX_REPEAT // 2 + 1))
    assert expressions.compile_expression(f"({expression})|length > 0")(x=[1]) is True


@pytest.mark.parametrize(("value", "size"), [([], 0), ([1, 2], 2), ([[1, 2], [3]], 5), ({"a": (1, 2)}, 3), ("abc", 0)])
def test_the_size_of_a_list_is_that_of_all_in_it(value: object, size: int) -> None:
    assert size_of(value) == size


def test_what_a_text_is_compared_with_is_counted() -> None:
    xs = list(range(5_000))
    assert cost("{% if 'a' in xs %}{% endif %}", xs=xs) == len(xs)
    assert cost("{% if 'a' in ('b', 'c') %}{% endif %}") == 0


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("[1] ~ 'a'", "'~' joins texts and numbers"),
        ("[1]|upper", "'upper' takes a text"),
        ("[1]|replace('a', 'b')", "'replace' takes texts"),
        ("[[1]]|sum(start=[])", "'sum' adds numbers up"),
        ("namespace(a=1) ~ 'a'", "it stands for several things"),
    ],
)
def test_a_list_is_never_made_a_text(expression: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make_expression_environment({}, {}, Budget()).compile_expression(expression)()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a' ~ 1 ~ 'b'", "a1b"),
        ("'12'|int + 1", 13),
        ("1.25|round(1)", 1.2),
        ("[1, 2]|sum", 3),
        ("'a' in ['a', x]", True),
        ("'a' in 'abc'", True),
        ("[1, x] + [3]", [1, 2, 3]),
        ("-3 * 2", -6),
        ("'ab' * 2", "abab"),
    ],
)
def test_what_papers_work_out_is_worked_out_as_before(expression: str, value: object) -> None:
    assert make_expression_environment({}, {}, Budget()).compile_expression(expression)(x=2) == value


def test_escaping_is_as_before() -> None:
    text = "{% set x %}<b>{% endset %}{{ x ~ '<' }}{{ '<' ~ 'a' }}"
    assert environment_of(Budget(), t=text).get_template("t").render() == '<b at="1:12:house/t.xml.j2">&lt;&lt;a'


def test_what_counts_is_never_proposed_as_a_filter_or_test() -> None:
    environment = make_expression_environment({}, {}, Budget())
    hidden = [name for name in (*environment.filters, *environment.tests) if name.startswith("is ")]
    assert len(hidden) == 4
    assert not any(name.isidentifier() for name in hidden)
