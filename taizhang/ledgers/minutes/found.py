"""What was read of minutes so far."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Minutes:
    """What was read: values as the form writes them, and what was not understood."""

    values: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """Where each value stands, as far as that is known."""
    at: str = ""
    """Where the reader is."""
    last: str = ""
    """The field that was read last: 职务 behind the lecturer is the lecturer's."""
    themed: bool = False
    """Whether its subject stands under a label that asks for a theme: 主题, and not 题目."""
    taught: bool = False
    """Whether the reader is under a label that asks what a meeting or lecture was about: 内容."""
    debated: bool = False
    """Whether what people said stands under a label that asks for a discussion: 讨论交流."""
    told: list[tuple[bool, str, str]] = field(default_factory=list)
    """What was discussed: whether each line stands under such a label, its text, its place."""

    def add(self, name: str, text: str) -> None:
        """A value, or one more line of it."""
        text = text.strip()
        if text:
            self.values[name] = f"{self.values[name]}\n{text}" if self.values.get(name) else text
            self.places.setdefault(name, self.at)
            if name == "discussion":
                self.told.append((self.taught, text, self.at))

    def move(self, name: str, to: str, text: str) -> None:
        """A value that says another field; it stands where the first was read."""
        self.values[to] = text
        if place := self.places.get(name):
            self.places[to] = place
