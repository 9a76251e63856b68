"""The sandbox that templates and expressions run in, and the marks that say where an element was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from reportgen.house import TemplateText
from reportgen.model.base import Person, Record, Text
from reportgen.model.inspection import Inspection
from reportgen.templating.environment import ReportEnvironment, _CompiledTemplates, make_environment
from reportgen.templating.limits import MAX_ITEMS, MAX_TEXT, OverLimit
from tests.small import INSPECTION, record


def environment(**templates: str) -> ReportEnvironment:
    texts = {f"{name}.xml.j2": TemplateText(f"house/{name}.xml.j2", text) for name, text in templates.items()}
    return make_environment(texts, {}, {}, lambda value: value)


def evaluate(expression: str, **names: object) -> object:
    return environment().compile_expression(expression, undefined_to_none=False)(**names)


PERSON = record(Person, "name: Paul Cook\npost: Head of Service\n")


# ---- What is allowed ----


def test_fields_of_a_record_may_be_read() -> None:
    assert evaluate("person.name ~ ', ' ~ person.post", person=PERSON) == "Paul Cook, Head of Service"


def test_methods_that_a_record_offers_may_be_called() -> None:
    inspection = record(Inspection, "id: x\n" + INSPECTION)
    assert evaluate("inspection.count('Good')", inspection=inspection) == 1
    assert evaluate("inspection.findings|length + 40", inspection=inspection) == 42


def test_small_arithmetic_is_allowed() -> None:
    assert evaluate("(3 + 4) * 2 - 10 / 5 + 7 // 2 + 7 % 4") == 18
    assert evaluate("'-' * 20") == "-" * 20


# ---- What is not ----


@pytest.mark.parametrize(
    "expression",
    [
        "person.model_dump()",
        "person.model_copy()",
        "person.prose()",
        "person.at('name')",
        "person._source",
        "person['_source']",
        "person|attr('_source')",
        "person.model_fields",
        "person.__class__",
        "person['__class__']",
        "person|attr('__class__')",
        "person.__init__.__globals__",
        "person.__dict__",
        "person.name.__class__.__mro__",
        "''.__class__.__base__.__subclasses__()",
        "''|attr('__class__')",
        "'{0.__class__}'.format(person)",
        "'{p.__class__}'.format_map({'p': person})",
        "'a'.translate({97: 'b'})",
        "[].append(1)",
        "{}.update({'a': 1})",
        "names.pop()",
        "lipsum(5)",
        "range(10)",
        "cycler(1)",
        "open('/etc/passwd')",
        "namespace.__init__.__globals__",
        "dict.__base__",
        "2 ** 10",
        "'a' * 100000",
        "100000 * 'a'",
        "[1] * 100000",
        "('a' * 9999) * 9999",
    ],
)
def test_nothing_but_figures_and_words_can_be_reached(expression: str) -> None:
    with pytest.raises((SecurityError, UndefinedError, TemplateSyntaxError)):
        str(evaluate(expression, person=PERSON, names=["a"]))


def test_arithmetic_cannot_fill_the_memory() -> None:
    with pytest.raises((SecurityError, UndefinedError, OverflowError, ValueError)):
        evaluate("(10 ** 9) ** 9")


# `*` is bounded; padding and replacing could fill the memory as well (with a width of 10**9).
@pytest.mark.parametrize(
    "expression",
    [
        "'%3000000s' % 'a'",
        "'a'.ljust(3000000)",
        "'a'|center(3000000)",
        "'%3000000s'|format('a')",
        "('a' * 2000).replace('a', 'a' * 2000)",
    ],
)
def test_text_cannot_be_padded_to_any_size(expression: str) -> None:
    try:
        value = str(evaluate(expression))
    except (SecurityError, UndefinedError, TemplateSyntaxError):
        return
    assert len(value) <= 1_000_000


@pytest.mark.parametrize("name", ["nam", "names", "poste"])
def test_an_unknown_field_is_an_error_with_the_nearest_name(name: str) -> None:
    with pytest.raises(UndefinedError, match=r"did you mean '(name|post)'"):
        str(evaluate(f"person.{name}", person=PERSON))


@pytest.mark.parametrize(
    "expression", ["nothing", "nothing.more", "nothing|length", "nothing + 1", "not nothing", "nothing == 1"]
)
def test_an_unknown_name_is_never_taken_for_nothing(expression: str) -> None:
    with pytest.raises(UndefinedError):
        str(evaluate(expression))


def test_a_property_that_a_record_does_not_name_is_hidden() -> None:
    class Secretive(Record):
        """A record with a property that templates are not told of."""

        name: Text

        @property
        def secret(self) -> str:
            return "secret"

    with pytest.raises(UndefinedError):
        str(evaluate("one.secret", one=Secretive(name="x")))


@pytest.mark.parametrize("expression", ["[x, x]", "(x, x)", "{'a': x, 'b': x}", "[1] + [x, x]"])
def test_lists_in_lists_are_measured_whole(expression: str) -> None:
    with pytest.raises(SecurityError, match="more than 10,000 items"):
        evaluate(expression, x=[1] * (MAX_ITEMS // 2 + 1))
    assert evaluate(f"({expression})|length > 0", x=[1]) is True


def test_joined_texts_do_not_grow_without_end() -> None:
    with pytest.raises(OverLimit):
        evaluate("x ~ x", x="a" * MAX_TEXT)


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
        evaluate(expression)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a' ~ 1 ~ 'b'", "a1b"),
        ("'12'|int + 1", 13),
        ("1.25|round(1)", 1.2),
        ("[1, 2]|sum", 3),
        ("'a' in ['a', x]", True),
        ("[1, x] + [3]", [1, 2, 3]),
        ("-3 * 2", -6),
        ("'ab' * 2", "abab"),
    ],
)
def test_what_papers_work_out_is_worked_out(expression: str, value: object) -> None:
    assert evaluate(expression, x=2) == value


# ---- Templates ----


def test_values_are_escaped() -> None:
    assert environment(t="{{ '<b> & \"q\"' }}").get_template("t.xml.j2").render() == "&lt;b&gt; &amp; &#34;q&#34;"


def test_every_value_passes_the_finalizer_before_it_is_printed() -> None:
    texts = {"t": TemplateText("t", "{{ 1 }}{{ 'a' }}")}
    assert make_environment(texts, {}, {}, lambda value: f"[{value}]").get_template("t").render() == "[1][a]"


def test_a_template_of_the_house_is_found_and_another_is_not() -> None:
    templates = environment(a='{% include "b.xml.j2" %}', b="b", c='{% include "d.xml.j2" %}')
    assert templates.get_template("a.xml.j2").render() == "b"
    with pytest.raises(TemplateNotFound, match=r"there is no template 'd\.xml\.j2'"):
        templates.get_template("c.xml.j2").render()
    for path in ("/etc/passwd", "../house.yaml", "house.yaml"):
        with pytest.raises(TemplateNotFound):
            templates.get_template(path)


def test_joined_texts_are_escaped() -> None:
    text = "{% set x %}<b>{% endset %}{{ x ~ '<' }}{{ '<' ~ 'a' }}"
    assert environment(t=text).get_template("t.xml.j2").render() == '<b at="1:12:house/t.xml.j2">&lt;&lt;a'


# ---- Compiled templates ----


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and a program that has compiled nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget(monkeypatch)
    return tmp_path


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.templating.environment._COMPILED", _CompiledTemplates())


def test_what_a_run_compiles_the_next_one_takes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = marked("<p>{{ 'a' }}</p>")
    (folder,) = (cache / "reportgen").iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    (kept,) = folder.iterdir()
    assert kept.stat().st_size > 0
    forget(monkeypatch)
    monkeypatch.setattr(ReportEnvironment, "_compile", None)  # nothing may be compiled now
    assert marked("<p>{{ 'a' }}</p>") == printed


@pytest.mark.parametrize("content", [b"", b"nonsense", b"i\x01\x00\x00\x00"])
def test_a_damaged_file_is_as_good_as_none(cache: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    printed = marked("<p/>")
    (kept,) = (cache / "reportgen").glob("*/*")
    kept.write_bytes(content)
    forget(monkeypatch)
    assert marked("<p/>") == printed
    assert kept.read_bytes() != content


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_may_enter_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    marked("<p/>")
    (folder,) = (cache / "reportgen").iterdir()
    (kept,) = folder.iterdir()
    kept.unlink()
    folder.chmod(mode)
    forget(monkeypatch)
    marked("<p/>")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("place", ["relative", "/dev/null"])
def test_a_folder_that_cannot_be_used_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert marked("<p/>").startswith("<p at=")
    assert list(tmp_path.iterdir()) == []


# ---- Marks ----


def marked(template: str) -> str:
    return environment(t=template).get_template("t.xml.j2").render()


def test_every_element_written_in_a_template_says_where() -> None:
    assert marked('<report>\n  <p role="title">x</p><br/>\n</report>') == (
        '<report at="1:1:house/t.xml.j2">\n  <p at="2:3:house/t.xml.j2" role="title">x</p>'
        '<br at="2:24:house/t.xml.j2"/>\n</report>'
    )


def test_marks_count_from_the_template_even_after_statements_and_comments() -> None:
    assert 'at="4:3:' in marked("{# a\n comment #}\n{% if true %}\n  <p>x</p>{% endif %}")


def test_elements_in_values_and_statements_are_not_marked() -> None:
    assert marked("{{ '<p>' }}{% set a = '<b>' %}{# <c> #}{{ a|length }}") == "&lt;p&gt;3"


def test_closing_tags_and_text_are_not_marked() -> None:
    assert marked("a < b</p> <3 <") == "a < b</p> <3 <"
