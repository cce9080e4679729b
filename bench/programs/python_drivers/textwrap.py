import own_textwrap as m

print(m.fill("the quick brown fox jumps over the lazy dog " * 3, width=30, initial_indent="* "))
print(m.dedent("   a\n     b\n   c"))
print(m.shorten("hello wide world of text", width=15))
print(m.indent("a\nb\n", "> "))
