class Editor:
    def __init__(self, text=""):
        self.text = text
        self._done = []
        self._undone = []

    def _change(self, text):
        self._done.append(self.text)
        self.text = text

    def insert(self, at, added):
        self._change(self.text[:at] + added + self.text[at:])

    def delete(self, at, count):
        self._change(self.text[:at] + self.text[at + count :])

    def replace(self, old, new):
        self._change(self.text.replace(old, new))

    def undo(self):
        if not self._done:
            return False
        self._undone.append(self.text)
        self.text = self._done.pop()
        return True

    def redo(self):
        if not self._undone:
            return False
        self._done.append(self.text)
        self.text = self._undone.pop()
        return True
