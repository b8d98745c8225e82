"""One model for each entity, with a text column for each of its fields."""

from django.conf import settings
from django.db import models
from morango.models import SyncableModel


class _Syncable(SyncableModel):
    morango_profile = "bench"

    class Meta:
        abstract = True

    def calculate_partition(self) -> str:
        return "bench"

    def calculate_source_id(self) -> str:
        return self.id


def _model(entity: str, names: list[str]) -> type[_Syncable]:
    columns = {f"f_{name}": models.TextField(null=True) for name in names}
    meta = type("Meta", (), {"app_label": "morango_app"})
    return type(entity.capitalize(), (_Syncable,), {
        "__module__": __name__, "Meta": meta, "morango_model_name": entity, **columns})


MODELS = {entity: _model(entity, names) for entity, names in settings.BENCH_ENTITIES.items()}
