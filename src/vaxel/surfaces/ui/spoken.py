"""Templates in each language: what a template says is looked up when it is compiled, not each time it is shown.

A page of the workspace has a hundred words and icons of its own. Looking them up took a tenth of the time of
rendering, so Django's backend gets one environment for each language, and `{{ _("Send") }}` is compiled to the word.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.backends import jinja2 as django_jinja2
from django.utils import translation
from jinja2 import Environment, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from vaxel.surfaces.ui.environment import icon
from vaxel.surfaces.ui.kept_templates import KeptTemplates
from vaxel.surfaces.ui.quick import IMPORTS, hasten, written


class SpokenTemplates(django_jinja2.Jinja2):
    """Django's Jinja2 backend with an environment for each language of the installation."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        languages = (code for code, _name in settings.LANGUAGES)
        self.spoken = {code: speaking(django_jinja2.Jinja2(params).env, code) for code in languages}

    def get_template(self, template_name: str) -> Any:
        """The template in the active language."""
        env = self.spoken.get((translation.get_language() or settings.LANGUAGE_CODE)[:2], self.env)
        try:
            return django_jinja2.Template(env.get_template(template_name), self)
        except TemplateNotFound as missing:
            raise TemplateDoesNotExist(template_name, backend=self) from missing


def speaking(env: Environment, language: str) -> Environment:
    """The environment, with its templates compiled for one language."""
    hasten(env)
    env.bytecode_cache = KeptTemplates(language)
    env.code_generator_class = partial(_SpokenCode, language=language)  # type: ignore[assignment]  # called like a class
    return env


class _SpokenCode(CodeGenerator):
    """Compiles a template with its constant words and icons put in."""

    def __init__(self, environment: Environment, *args: Any, language: str, **options: Any) -> None:
        super().__init__(environment, *args, **options)
        self._said = _Said({"_": _text, "icon": icon}, language)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        self.writeline(IMPORTS)
        super().visit_Template(self._said.visit(node), frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Jinja's hook: what stands before each value that is put into the page."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(f"{written.__name__}({finalize.src or ''}")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Said(NodeTransformer):
    """Puts an answer in the place of each call of these functions with constants alone.

    What they answer depends on nothing but what they are given, and the language.
    """

    def __init__(self, functions: dict[str, Callable[..., str]], language: str) -> None:
        self._functions = functions
        self._language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=args, kwargs=[], dyn_args=None, dyn_kwargs=None):
                function = self._functions.get(name)
            case _:
                return node
        constants = [each.value for each in args if isinstance(each, nodes.Const)]
        if function is None or len(constants) < len(args):
            return node
        with translation.override(self._language):
            answer = nodes.Const(str(function(*constants)), lineno=node.lineno)
        return nodes.MarkSafe(answer, lineno=node.lineno)


def _text(written: str) -> str:
    """As the i18n extension gives it: translations are ours and may hold markup, and a lone % is written twice."""
    return translation.gettext(written) % {}
