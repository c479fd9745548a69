"""Values of options that need no library to be understood.

Typer turns every value into its type through pydantic, which takes longer to load than most commands run. What is
plainly text, a path, a whole number in range or one of a few words is turned here; anything else is left to Typer,
which says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

_LEAVE_IT = object()


class PlainFirst:
    """Stands before Typer's own coercion of one parameter."""

    def __init__(self, parameter: Any, own: Callable[[], Any]) -> None:
        self._many = getattr(parameter, "multiple", False) or parameter.nargs == -1
        self._kind = parameter.type_descriptor.annotation
        self._info = parameter.type_descriptor.parameter_info
        self._own = own

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value in its type. Raises Typer's usage errors."""
        plain = self._plain(value)
        return self._own().coerce(value, param=param, ctx=ctx) if plain is _LEAVE_IT else plain

    def _plain(self, value: Any) -> Any:
        if self._many:
            kind = {list[Path]: Path, list[str]: str}.get(self._kind)
            return _LEAVE_IT if kind is None else tuple(map(kind, value or ()))
        if value is None or self._kind is str:
            return value
        if self._kind is int:
            return self._whole_number(value)
        if isinstance(self._kind, type) and issubclass(self._kind, Enum):
            return next((each for each in self._kind if each.value == value), _LEAVE_IT)
        return Path(value) if self._kind is Path else _LEAVE_IT

    def _whole_number(self, value: Any) -> Any:
        text = str(value)
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            return _LEAVE_IT
        number = int(text)
        least, most = self._info.min, self._info.max
        return number if (least is None or number >= least) and (most is None or number <= most) else _LEAVE_IT


def coerce_plainly(parameters: list[Any]) -> list[Any]:
    """Put `PlainFirst` before the coercion of these parameters, once, where this version of Typer has one."""
    for parameter in parameters:
        if hasattr(parameter, "get_runtime_param") and "get_runtime_param" not in vars(parameter):
            stand_in = PlainFirst(parameter, parameter.get_runtime_param)
            parameter.get_runtime_param = lambda stand_in=stand_in: stand_in
    return parameters
