import own_string as m

print(m.Template("$who likes ${what}").substitute(who="tim", what="kung pao"))
print(m.capwords("a tale of two"), m.Formatter().format("{0} {x!r:>6} {y[k]}", 1, x="b", y={"k": 3}))
