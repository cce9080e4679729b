import re
import unicodedata


def plain(text):
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def slugify(title, longest=40):
    words = re.sub(r"[^a-z0-9]", "-", plain(title).lower())
    slug = words.strip("-")
    if len(slug) > longest:
        slug = slug[:longest].rsplit("-", 1)[0]
    return slug


def unique_slug(title, taken):
    slug = slugify(title)
    number = 2
    candidate = slug
    while candidate in taken:
        candidate = f"{slug}-{number}"
        number += 1
    return candidate
