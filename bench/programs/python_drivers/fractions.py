import own_fractions as m

F = m.Fraction
print(F(3, 4) + F("1/6"), F(0.5) * 2, F(7, 3) // 1, F("3.25").limit_denominator(3))
print(F(1, 3) < F(1, 2), round(F(7, 2)), float(F(1, 8)), F(2, 3) ** 2, hash(F(1, 2)) != 0)
