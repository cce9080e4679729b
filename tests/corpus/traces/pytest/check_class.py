import pytest


class TestNames:
    @pytest.mark.parametrize("name", ["ann", "bob"])
    def test_upper(self, name):
        assert self.changed(name) == "ANN", "not shouted"

    def changed(self, name):
        return name.upper()
