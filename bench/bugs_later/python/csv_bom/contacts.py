"""Contacts as other programs export them."""

import csv
import io
from dataclasses import dataclass, field


@dataclass
class Contact:
    name: str
    email: str
    phones: list[str] = field(default_factory=list)


NAMES = {"name": "name", "full name": "name", "e-mail": "email", "email": "email", "mail": "email"}


def decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text.replace("\r\n", "\n")


def delimiter(head):
    return max(",;\t", key=head.count)


def read_contacts(data):
    text = decoded(data)
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter(head))
    found = []
    for row in rows:
        contact = Contact("", "")
        for column, value in row.items():
            column, value = column.strip().lower(), (value or "").strip()
            if column in NAMES:
                setattr(contact, NAMES[column], value)
            elif column.startswith("phone") and value:
                contact.phones.append(value)
        if contact.name or contact.email:
            found.append(contact)
    return found
