"""The form of the scope."""

from __future__ import annotations

from typing import Any

from django import forms

from taizhang.checks import editions
from taizhang.checks.models import CheckScope

LONGEST_TOPIC = 60


def _day(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class ScopeForm(forms.Form):
    """First and last day, the day of judging, the catalogue."""

    from_on = _day("督查内容起", required=True)
    to_on = _day("督查内容止", required=True)
    on = _day("截至日期", required=False, help_text="不填则为当天；回看往年时填写督查当日")
    catalogue = forms.ChoiceField(label="要求模板")
    topics = forms.CharField(
        label="专项活动",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一项，如：两学一做；各支部按项登记专项活动记录",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the catalogues that there are; of several none is chosen for a person."""
        super().__init__(*args, **kwargs)
        offered = editions.offered()
        asked = [("", "请选择")] if len(offered) > 1 and "catalogue" not in self.initial else []
        self.fields["catalogue"].choices = [*asked, *offered]  # type: ignore[attr-defined]

    def clean_topics(self) -> list[str]:
        """One on each line; as long as the ledger's own field takes."""
        found = [line.strip() for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        if any(len(name) > LONGEST_TOPIC for name in found):
            raise forms.ValidationError(f"每项最多{LONGEST_TOPIC}个字。")
        return found

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
            "topics": "\n".join(scope.topics),
        }
