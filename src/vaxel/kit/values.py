"""Values: classes of fields that never change, made by the hundred for each page.

A frozen dataclass sets each of its fields by a call, which takes ten times as long as the class otherwise would: half a
millisecond of a ticket's page. Here the type checker alone sees to it that nothing is set afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def value(cls: type[T], /) -> type[T]: ...
@overload
def value(*, kw_only: bool = ...) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T] | None = None, /, *, kw_only: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """A dataclass with slots whose instances are compared and hashed by their fields."""

    def made(plain: type[T]) -> type[T]:
        return dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)(plain)

    return made if cls is None else made(cls)
