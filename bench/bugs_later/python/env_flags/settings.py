"""Settings from environment variables: APP_DEBUG=1, APP_PORT=8080, APP_HOSTS=a,b."""

import dataclasses
from dataclasses import dataclass, field

PREFIX = "APP_"


class SettingError(ValueError):
    pass


@dataclass
class Settings:
    debug: bool = False
    cache: bool = True
    port: int = 8000
    timeout: float = 2.5
    title: str = "shop"
    hosts: list = field(default_factory=list)


def to_list(raw):
    return [part.strip() for part in raw.split(",") if part.strip()]


def converted(raw, kind):
    if kind is bool:
        return bool(raw)
    if kind is list:
        return to_list(raw)
    return kind(raw)


def load(environ):
    values = {}
    for setting in dataclasses.fields(Settings):
        name = PREFIX + setting.name.upper()
        if name not in environ:
            continue
        try:
            values[setting.name] = converted(environ[name], setting.type)
        except ValueError as error:
            raise SettingError(f"{name}: {error}") from error
    unknown = {name for name in environ if name.startswith(PREFIX)} - {
        PREFIX + setting.name.upper() for setting in dataclasses.fields(Settings)
    }
    if unknown:
        raise SettingError("unknown: " + ", ".join(sorted(unknown)))
    return Settings(**values)
