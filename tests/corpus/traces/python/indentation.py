def run():
    value = 1
      return value
