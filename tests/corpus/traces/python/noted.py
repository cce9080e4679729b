def parse(row):
    try:
        return float(row["rate"])
    except ValueError as error:
        error.add_note(f"in row {row['id']}")
        raise


parse({"id": 4, "rate": "x"})
