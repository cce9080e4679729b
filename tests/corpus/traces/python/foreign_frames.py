import json


def settings(text):
    return json.loads(text)


settings('{"rate": 3,}')
