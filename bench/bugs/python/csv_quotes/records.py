def split_record(line, separator=","):
    """The fields of one line of a table.

    A field may be in double quotes; inside them a separator is text, and two double quotes stand for one.
    """
    fields = []
    current = []
    quoted = False
    at = 0
    while at < len(line):
        sign = line[at]
        if quoted:
            if sign == '"' and line[at + 1 : at + 2] == '"':
                current.append('"')
            elif sign == '"':
                quoted = False
            else:
                current.append(sign)
        elif sign == '"':
            quoted = True
        elif sign == separator:
            fields.append("".join(current))
            current = []
        else:
            current.append(sign)
        at += 1
    fields.append("".join(current))
    return fields
