import own_calendar as m

print(m.TextCalendar(6).formatmonth(2024, 2))
print(m.isleap(2000), m.monthrange(2023, 2), m.leapdays(1990, 2010))
print(len(m.HTMLCalendar().formatmonth(2024, 3)), m.timegm((2000, 1, 1, 0, 0, 0)))
