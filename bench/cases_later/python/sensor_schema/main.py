from source import read
from store import Store

LINES = """# morning
s1;100;20.5;C
s1;3500;21.5;C
s2;200;68;F
s3;250;99;C
s1;3700;23.0;C

s2;7300;50;f
""".splitlines()

store = Store({"s1": "hall", "s2": "yard"})
store.add(read(LINES))
for place, hour, degrees in store.means():
    print(f"{place} {hour:02d}:00 {degrees}")
print("warmest:", *store.warmest())
print("without a place:", store.unplaced)
