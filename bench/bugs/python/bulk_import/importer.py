import json


class ImportReport:
    def __init__(self):
        self.added = 0
        self.updated = 0
        self.errors = []


def valid(record):
    return isinstance(record.get("id"), int) and bool(str(record.get("name", "")).strip())


def import_records(lines, store):
    report = ImportReport()
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            report.errors.append(f"line {number}: not JSON")
            continue
        if not valid(record):
            report.errors.append(f"line {number}: id or name is missing")
        store[record["id"]] = record["name"].strip()
        if record["id"] in store:
            report.updated += 1
        else:
            report.added += 1
    return report
