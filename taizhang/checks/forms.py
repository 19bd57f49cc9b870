"""The form of the scope."""

from __future__ import annotations

from typing import Any

from django import forms

from taizhang.catalogue import load
from taizhang.checks.models import CheckScope


def _day(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class ScopeForm(forms.Form):
    """First and last day, the day of judging, the catalogue."""

    from_on = _day("督查内容起", required=True)
    to_on = _day("督查内容止", required=True)
    on = _day("截至日期", required=False, help_text="不填则为当天；回看往年时填写督查当日")
    catalogue = forms.ChoiceField(label="要求模板")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the catalogues that there are."""
        super().__init__(*args, **kwargs)
        found = [load.named(path.stem) for path in sorted(load.DATA.glob("*.yaml"))]
        self.fields["catalogue"].choices = [(c.catalogue, c.title) for c in found]  # type: ignore[attr-defined]

    @staticmethod
    def of(scope: CheckScope | None) -> dict[str, Any]:
        """The scope as first values."""
        if scope is None:
            return {}
        return {
            "from_on": scope.from_on,
            "to_on": scope.to_on,
            "on": scope.on,
            "catalogue": scope.catalogue,
        }
