"""Frozen settings: defaults, under `[tool.goldseam]` of pyproject.toml, `goldseam.toml`, the environment."""

from goldseam.config.loaded import GOLDSEAM_TOML, PYPROJECT, Loaded
from goldseam.config.reading import load, load_with_origins, problems, project_root
from goldseam.config.settings import (
    PREFIX,
    Config,
    Jobs,
    Limits,
    ModelEntry,
    Models,
    Protect,
    SandboxSettings,
    keys,
)
from goldseam.config.template import template, toml_value

__all__ = [
    "GOLDSEAM_TOML",
    "PREFIX",
    "PYPROJECT",
    "Config",
    "Jobs",
    "Limits",
    "Loaded",
    "ModelEntry",
    "Models",
    "Protect",
    "SandboxSettings",
    "keys",
    "load",
    "load_with_origins",
    "problems",
    "project_root",
    "template",
    "toml_value",
]
