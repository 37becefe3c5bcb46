"""Limits for the templates of a site, so that a slip in one ends a build in a sentence, and never keeps it for hours.

`{{ "-" * 10 ** 10 }}` would fill the memory, `10 ** 10 ** 10` and a loop within loops would never end. So what repeats
is counted on each page (rounds of loops, calls, templates), and what may become large is refused before it is made.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateRuntimeError, nodes, pass_context
from jinja2.utils import generate_lorem_ipsum
from jinja2.visitor import NodeTransformer

from casebuilder.wording.templating import MOST_NUMBERS, TOO_MANY_NUMBERS, number_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.runtime import Context

#: Rounds of loops, calls and templates of one page; letters of one text, and of what loops print on one page; binary
#: digits of a number.
MOST_STEPS, MOST_LETTERS, MOST_BITS = 1_000_000, 10_000_000, 10_000
#: The steps of a call, and of a template that another includes: they take as long as so many rounds of a loop.
_CALL_STEPS, _TEMPLATE_STEPS = 5, 20
#: The most paragraphs, and words of each, of a text without meaning (`lipsum`).
_MOST_PARAGRAPHS = 1_000
_TOO_LONG = f"a text in it has more than {MOST_LETTERS:,} letters"
#: Filters and methods of texts that make a text, or a list, as long as one of their numbers says.
_PADDING_FILTERS = frozenset(("batch", "center", "indent", "slice", "tojson", "wordwrap"))
_PADDING_METHODS = frozenset(("center", "expandtabs", "ljust", "rjust", "zfill"))
#: The width or the precision of a value in a format.
_WIDTH = re.compile(r"\d{6,}")
_ROUNDS, _PRINTED, _JOINED = "casebuilder_rounds", "casebuilder_printed", "casebuilder_joined"


def limit(environment: Environment) -> None:
    """Put limits on the templates that an environment has yet to load."""
    # MkDocs has made the environment, and other plugins may keep it: it becomes another kind of itself.
    environment.__class__ = LimitedEnvironment
    assert isinstance(environment, LimitedEnvironment)  # noqa: S101 - for mypy
    environment.budget = Budget()
    environment.globals["range"] = environment.budget.range
    for name in (*_PADDING_FILTERS, "format", "join", "replace"):
        environment.filters[name] = _checked(name, environment.filters[name])
    environment.filters |= {
        _ROUNDS: pass_context(lambda _, values: Rounds(values, environment.budget)),
        _PRINTED: pass_context(lambda _, value: environment.budget.printed(value)),
        _JOINED: pass_context(lambda _, value: _short(value)),
    }


class LimitedEnvironment(Environment):
    """Jinja's environment with limits. Operators and calls come here, which Jinja’s compiler arranges for sandboxes."""

    sandboxed = True
    intercepted_binops = frozenset(("**", "*", "+", "%"))
    intercepted_unops: frozenset[str] = frozenset()
    budget: Budget

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002, ANN401 - Jinja's form
        """Return a template. One that no other asks for begins a page."""
        if parent is None:
            self.budget.begin()
        return super().get_template(name, parent, globals)

    def _load_template(self, name: str, *others: Any) -> Any:  # noqa: ANN401 - Jinja's form
        self.budget.step(_TEMPLATE_STEPS)
        return super()._load_template(name, *others)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - any value
        """Return what an operator makes of two values."""
        del context
        return _OPERATIONS[operator](left, right)

    def call(self, context: Context, function: Any, /, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - any function
        """Return what a function gives."""
        self.budget.step(_CALL_STEPS)
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(owner, (str, bytes)):
            _check_text(name, owner, [*args, *options.values()])
        elif function is generate_lorem_ipsum:
            _check_numbers([*args, *options.values()], _MOST_PARAGRAPHS)
        return context.call(function, *args, **options)

    def _generate(self, source: nodes.Template, *others: Any, **options: Any) -> str:  # noqa: ANN401 - Jinja's form
        """Return the code of a template, in which loops and what they print are counted."""
        return super()._generate(_Counted().visit(source), *others, **options)


class Budget:
    """What the templates of one page may still do."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin a page."""
        self._numbers, self._steps, self._letters = MOST_NUMBERS, MOST_STEPS, MOST_LETTERS

    def step(self, count: int = 1) -> None:
        """Count a round of a loop or a call, or several for a template.

        Raises:
            TemplateRuntimeError: there were too many on this page.
        """
        self._steps -= count
        if self._steps < 0:
            message = f"its loops, macros and includes take more than {MOST_STEPS:,} steps on one page"
            raise TemplateRuntimeError(message)

    def printed(self, value: Any) -> Any:  # noqa: ANN401 - any value
        """Count the letters of a value that a loop or a macro prints, and return the value.

        Raises:
            TemplateRuntimeError: there were too many on this page.
        """
        if isinstance(value, str):
            self._letters -= len(value)
            if self._letters < 0:
                raise TemplateRuntimeError(f"its loops print more than {MOST_LETTERS:,} letters on one page")
        return value

    def range(self, *limits: int) -> range:
        """Return a range of numbers, and count them.

        Raises:
            TemplateRuntimeError: there were too many on this page.
        """
        self._numbers -= number_count(*limits)
        if self._numbers < 0:
            raise TemplateRuntimeError(TOO_MANY_NUMBERS)
        return range(*limits)


class Rounds:
    """The values that a loop goes through; each is counted."""

    def __init__(self, values: Iterable[Any], budget: Budget) -> None:
        self._values, self._budget = values, budget

    def __iter__(self) -> Iterator[Any]:
        """Yield each value."""
        for value in self._values:
            self._budget.step()
            yield value

    def __len__(self) -> int:
        """Return how many values there are, if they can tell: templates ask for `loop.length`."""
        return len(self._values)  # type: ignore[arg-type]  # what has no length raises what Jinja expects


class _Counted(NodeTransformer):
    """Changes the tree of a template so that its loops are counted, what they print, and what is joined by `~`."""

    def __init__(self) -> None:
        self._repeated = 0

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        node.iter = _filtered(node.iter, _ROUNDS)
        return self._visit_repeated(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self._visit_repeated(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self._visit_repeated(node)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        if self._repeated:
            node.nodes = [
                part if isinstance(part, nodes.TemplateData) else _filtered(part, _PRINTED) for part in node.nodes
            ]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _filtered(node, _JOINED)

    def _visit_repeated(self, node: Any) -> nodes.Node:  # noqa: ANN401 - one of several kinds
        self._repeated += 1
        visited: nodes.Node = self.generic_visit(node)
        self._repeated -= 1
        return visited


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _checked(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that it refuses to make something very large."""
    passed = hasattr(make, "jinja_pass_arg")

    @wraps(make)
    def checked(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - any value
        value, *others = args[passed:] or (None,)
        _check_text(name, value, [*others, *options.values()])
        return _short(make(*args, **options))

    return checked


def _check_text(name: str, value: Any, values: list[Any]) -> None:  # noqa: ANN401 - any value
    """Make sure that a filter or a method of texts makes nothing very large of a value.

    Raises:
        TemplateRuntimeError: it would.
    """
    if name in _PADDING_FILTERS | _PADDING_METHODS:
        _check_numbers(values, MOST_STEPS)
        if name == "indent":
            widths = [each if isinstance(each, int) else len(str(each)) for each in values] or [0]
            _refuse_longer(str(value).count("\n") * max(widths))
    elif name in {"format", "format_map"}:
        _check_format(str(value), values)
    elif name == "replace" and len(values) > 1:
        old, new = map(str, values[:2])
        _refuse_longer(len(str(value)) + len(new) * (str(value).count(old) if len(new) > len(old) else 0))
    elif name == "join":
        _check_join(value, values)


def _check_join(value: Any, values: list[Any]) -> None:  # noqa: ANN401 - any value
    between, parts = (value, values[0]) if isinstance(value, str) and values else ((values or [""])[0], value)
    if isinstance(parts, (str, list, tuple)):
        _refuse_longer(len(str(between)) * len(parts) + sum(len(part) for part in parts if isinstance(part, str)))


def _check_format(form: str, values: Iterable[Any]) -> None:
    """Make sure that no value is as wide as a book, as in "%999999999d" or "{:>{width}}"."""
    if _WIDTH.search(form) or (("*" in form or "{" in form) and _has_large_number(values, MOST_STEPS)):
        raise TemplateRuntimeError(_TOO_LONG)


def _check_numbers(values: Iterable[Any], most: int) -> None:
    if _has_large_number(values, most):
        raise TemplateRuntimeError(_TOO_LONG)


def _has_large_number(values: Iterable[Any], most: int) -> bool:
    return any(isinstance(value, int) and value > most for value in values)


def _short(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return a value that is no very long text."""
    if isinstance(value, str):
        _refuse_longer(len(value))
    return value


def _refuse_longer(letters: int) -> None:
    if letters > MOST_LETTERS:
        raise TemplateRuntimeError(_TOO_LONG)


def _refuse_larger(bits: float) -> None:
    if bits > MOST_BITS:
        raise TemplateRuntimeError("a number in it has more digits than a page could show")


def _power(left: Any, right: Any) -> Any:  # noqa: ANN401 - any value
    if isinstance(left, int) and isinstance(right, int) and right > 0:
        _refuse_larger(left.bit_length() * right if abs(left) > 1 else 1)
    return left**right


def _times(left: Any, right: Any) -> Any:  # noqa: ANN401 - any value
    if isinstance(left, int) and isinstance(right, int):
        _refuse_larger(left.bit_length() + right.bit_length())
    for many, count in ((left, right), (right, left)):
        if isinstance(count, int) and isinstance(many, (str, bytes, list, tuple)):
            _refuse_longer(len(many) * count)
    return left * right


def _plus(left: Any, right: Any) -> Any:  # noqa: ANN401 - any value
    if isinstance(left, (str, bytes, list, tuple)) and isinstance(right, (str, bytes, list, tuple)):
        _refuse_longer(len(left) + len(right))
    return left + right


def _modulo(left: Any, right: Any) -> Any:  # noqa: ANN401 - any value
    if isinstance(left, (str, bytes)):
        _check_format(str(left), right if isinstance(right, tuple) else (right,))
    return left % right


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"**": _power, "*": _times, "+": _plus, "%": _modulo}
