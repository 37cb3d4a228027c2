"""Skills, from ESCO or from our own list, with every label by which people look for them."""

from __future__ import annotations

from django.db import models

from peer_xblock.domain.ids import ID_LENGTH

from .spaces import HASH_LENGTH


class Taxonomy(models.Model):
    """A list of skills that is imported as a whole. edition: another id after each import that changed something."""

    name = models.CharField(max_length=40, unique=True)
    edition = models.CharField(max_length=ID_LENGTH)
    imported_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """One skill. key: ESCO's URI, or a name of our own list's that is no address; the same in every language."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="skills")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    key = models.CharField(max_length=255)
    key_hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.key


class SkillLabel(models.Model):
    """A label of a skill in one language. text_hash: of language and text, since collations compare more loosely."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="labels", db_index=False)
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=255)
    text_hash = models.CharField(max_length=HASH_LENGTH)
    folded = models.CharField(max_length=255)
    is_preferred = models.BooleanField(default=False)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["skill", "text_hash"], name="peer_skill_label")]

    def __str__(self) -> str:
        return self.text
