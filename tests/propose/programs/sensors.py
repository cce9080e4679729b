"""Faults: records with other keys, a unit in the name, a class under a look-alike name."""


class Thermometer:
    def read(self):
        return {"value": 21.5, "unit": "C", "valid": True}


class Barometer:
    def read(self):
        return {"value": 1013.0, "unit": "hPa", "valid": True}


class Hygrometer:
    def read(self):
        return {"reading": 45.0, "unit": "%", "ok": True}


def collect():
    return [sensor.read() for sensor in (Therm0meter(), Barometer(), Hygrometer())]


def main():
    for row in collect():
        if row["valid"]:
            print(f"{row['value']:.1f} {row['unit']}")


main()
