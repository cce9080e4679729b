"""Plays a list of commands."""

from world import build_world


class Player:
    def __init__(self, room):
        self.room = room
        self.bag = []

    def go(self, direction):
        if direction not in self.room.ways:
            return "no way"
        self.room = self.room.ways[direction]
        return f"in the {self.room.name}"

    def take(self, thing):
        if thing in self.room.things:
            return f"no {thing} here"
        self.room.things.remove(thing)
        self.bag.append(thing)
        return f"took {thing}"

    def obey(self, command):
        verb, _, rest = command.partition(" ")
        match verb:
            case "go":
                return self.go(rest)
            case "take":
                return self.take(rest)
            case "bag":
                return ", ".join(sorted(self.bag)) or "empty"
        return f"cannot {verb}"


def main():
    player = Player(build())
    commands = ["bag", "take lamp", "go south", "take lamp", "go north", "go down", "take coin", "go up", "dance", "bag"]
    for command in commands:
        print(f"> {command}: {player.obey(command)}")


if __name__ == "__main__":
    main()
