def buffer(size):
    return bytearray(size)


buffer(1 << 62)
