"""The merge of one field (PROTOCOL.md §5)."""

from dataclasses import dataclass, field

from changes import Content, content_bytes
from names import Version


@dataclass
class Register:
    """What a field shows, what stands beside it, and what is put aside though it has not come."""

    current: Version | None = None
    contents: dict[Version, Content] = field(default_factory=dict)
    siblings: set[Version] = field(default_factory=set)
    awaited: set[Version] = field(default_factory=set)
    arrived: set[Version] = field(default_factory=set)

    @property
    def content(self) -> Content:
        """What people see."""
        return self.contents[self.current] if self.current else None

    @property
    def conflicts(self) -> list[Version]:
        """Siblings that say something else."""
        shown = content_bytes(self.content)
        return sorted(
            version for version in self.siblings
            if content_bytes(self.contents[version]) != shown)

    def take(self, version: Version, names: set[Version], content: Content) -> None:
        """Takes an edit, and the versions that it names as base or settled."""
        names = {name for name in names if name < version}
        if version in self.arrived:
            self._take_again(version, names, content)
            return
        self.arrived.add(version)
        if version in self.awaited:
            self.awaited.remove(version)
            for name in names:
                self._aside(name)
            return
        for name in names - {self.current}:
            self._aside(name)
        self.contents[version] = content
        if self.current is None or version > self.current:
            if self.current is not None and self.current not in names:
                self.siblings.add(self.current)
            self.current = version
        else:
            self.siblings.add(version)

    def _take_again(self, version: Version, names: set[Version], content: Content) -> None:
        """The same edit, or that of a clone: the greater bytes stay, the names of both count."""
        if version == self.current or version in self.siblings:
            if content_bytes(content) > content_bytes(self.contents[version]):
                self.contents[version] = content
        for name in names:
            self._aside(name)

    def _aside(self, version: Version) -> None:
        if version in self.siblings:
            self.siblings.remove(version)
        elif version not in self.arrived:
            self.awaited.add(version)
